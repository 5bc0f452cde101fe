import { spawnSync } from 'node:child_process';

/** Where this computer has its Debian from; elsewhere than on a Debian, mmdebstrap's own choice. */
export function mirror(): readonly string[] {
  const format = '$(ORIGIN) $(LABEL) $(REPO_URI)';
  const { stdout } = spawnSync('apt-get', ['indextargets', '--format', format, 'Created-By: Packages'], {
    encoding: 'utf8',
  });
  const found = /^Debian Debian (\S+)$/m.exec(stdout);
  return found ? [found[1]] : [];
}
