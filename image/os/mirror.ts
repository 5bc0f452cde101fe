import { spawnSync } from 'node:child_process';

/** This computer's Debian mirror; on other systems, mmdebstrap's default. */
export function mirror(): readonly string[] {
  const format = '$(ORIGIN) $(LABEL) $(REPO_URI)';
  const { stdout } = spawnSync('apt-get', ['indextargets', '--format', format, 'Created-By: Packages'], {
    encoding: 'utf8',
  });
  const found = /^Debian Debian (\S+)$/m.exec(stdout);
  return found ? [found[1]] : [];
}
