import { fail } from './words.mjs';

/** The oldest Node that the appliance runs on, as in package.json. */
const oldest = [20, 19];

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  const wanted = oldest.join('.');
  fail({
    cause: [
      `Node ${process.versions.node} では動きません（${wanted} 以降が必要です）`,
      `Node ${process.versions.node} is too old: ${wanted} or later is needed`,
    ],
    remedy: [
      `Node ${wanted} 以降を入れて、もう一度実行してください`,
      `Install Node ${wanted} or later and run this again`,
    ],
  });
}
