import type { Checked } from '../health/check.js';
import type { Bilingual } from '../protocol/language.js';

/** What a technician does about a check's result. It names files and commands, which the screen never does to a clerk. */
const steps: Readonly<Partial<Record<NonNullable<Checked['code']>, Bilingual>>> = {
  'swap-on': {
    ja:
      '担当者へ: スワップ（zram も）を止めるか、メモリーの制限を有効にします。Raspberry Pi OS では ' +
      '/boot/firmware/cmdline.txt の1行の最後に cgroup_enable=memory を足し、再起動します。ほかでは sudo swapoff -a を' +
      '実行し、/etc/fstab のスワップの行を消します。',
    en:
      'Technician: turn swap off (zram too), or memory control on. On Raspberry Pi OS append cgroup_enable=memory to the one ' +
      'line of /boot/firmware/cmdline.txt and reboot. Elsewhere run sudo swapoff -a and delete the swap line of /etc/fstab.',
  },
};

/** The step for a result that needs a technician; undefined for others. */
export function technicianStep({ code }: Pick<Checked, 'code'>): Bilingual | undefined {
  return code && steps[code];
}
