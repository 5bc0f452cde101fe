import { execFileSync } from 'node:child_process';

const denial = new URL('../../appliance/scanner/deny-cameras.js', import.meta.url);

/** What this script prints in a process that has denied itself cameras; `denied` says whether the kernel could. */
export function afterDenial(script: string): string {
  const program = `
    import { execFileSync } from 'node:child_process';
    import { openSync } from 'node:fs';
    import { denyCameras } from ${JSON.stringify(denial.href)};
    const open = (path) => {
      try {
        return openSync(path) > 0 && 'opened';
      } catch ({ code }) {
        return code;
      }
    };
    const before = open('/dev/ptmx');
    const denied = denyCameras();
    ${script}`;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    timeout: 30_000,
  });
}

export const hasLandlock = () => afterDenial('process.stdout.write(String(denied))') === 'true';
