import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The versions of libcamera in a root, such as `0.4`. */
export async function libcamerasIn(root: string): Promise<readonly string[]> {
  const libraries = join(root, 'usr', 'lib');
  const folders = (await readdir(libraries)).filter((name) => name.endsWith('-linux-gnu'));
  const files = await Promise.all(folders.map((folder) => readdir(join(libraries, folder))));
  const versions = files.flat().flatMap((file) => /^libcamera\.so\.(\d+\.\d+)$/.exec(file)?.[1] ?? []);
  return [...new Set(versions)].sort();
}

/**
 * Refuses a root with two libcameras: they share the folder of the modules that process images, which fit one of them.
 *
 * @throws an error that names the versions
 */
export async function checkOneLibcamera(root: string): Promise<void> {
  const found = await libcamerasIn(root);
  if (found.length <= 1) return;
  throw new Error(
    `libcamera が ${found.length} つ（${found.join('、')}）入るので、カメラが動きません。部品の置き場の版をそろえてください / ` +
      `The root would have ${found.length} versions of libcamera (${found.join(', ')}), and no camera: use archives that fit together`,
  );
}
