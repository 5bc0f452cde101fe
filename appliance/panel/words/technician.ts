import type { Checked } from '../../health/check.js';
import type { Bilingual } from '../../protocol/language.js';

/** The folders are those of appliance/scanner/sane.d/epjitsu.conf. */
const copyFirmware: Bilingual = {
  ja:
    '担当者へ: メーカーのソフトにある .nal ファイル（fi-60F は 60f_0A00.nal、fi-65F は 65f_0A01.nal。大文字と小文字もこのとおり）を、' +
    'カードの設定の区画（TERASHI）の scanner フォルダー、パッケージの場合は /etc/terashi/scanner に置き、' +
    '読み取り機を差し直します。',
  en:
    "Technician: copy the .nal file of the maker's software (60f_0A00.nal for fi-60F, 65f_0A01.nal for fi-65F, in these very " +
    "letters) to the folder scanner of the card's settings partition (TERASHI), or where the package is installed to " +
    '/etc/terashi/scanner, and plug the scanner in again.',
};

const endSwap: Bilingual = {
  ja:
    '担当者へ: スワップ（zram も）を止めるか、メモリーの制限を有効にします。Raspberry Pi OS では ' +
    '/boot/firmware/cmdline.txt の1行の最後に cgroup_enable=memory を足し、再起動します。ほかでは sudo swapoff -a を' +
    '実行し、/etc/fstab のスワップの行を消します。',
  en:
    'Technician: turn swap off (zram too), or memory control on. On Raspberry Pi OS append cgroup_enable=memory to the one ' +
    'line of /boot/firmware/cmdline.txt and reboot. Elsewhere run sudo swapoff -a and delete the swap line of /etc/fstab.',
};

/** What a technician does about a check's result. It names files and commands, which the screen never does to a clerk. */
const steps: Readonly<Partial<Record<NonNullable<Checked['code']>, Bilingual>>> = {
  'swap-on': endSwap,
  'scanner-firmware-missing': copyFirmware,
  'scanner-firmware-damaged': copyFirmware,
  'scanner-firmware-refused': copyFirmware,
  'scanner-firmware-unknown': copyFirmware,
};

/** The step for a result that needs a technician; undefined for others. */
export function technicianStep({ code }: Pick<Checked, 'code'>): Bilingual | undefined {
  return code && steps[code];
}
