import { inflateSync } from 'node:zlib';

// Made by image/font/main.ts from the font of a box, VL Gothic.

/** A bit for each character of the Basic Multilingual Plane, deflated: whether the font has a glyph for it. */
const deflated = [
  'eNrtmXlYE9cWwC+b0YrEpWopQgTbal3AV3hoayVurVpFtCpYF8C2ioqCqIASyKR11yLVVmiLEJdWFJdUZFNMBkXFDdIWIUBIhj1C',
  'IAMEMkkmM+cVsa3dfN973+sf7yu/P+7cueecO2fufOfcOd9FExGCX8AQ+tX975h5m0faiASi7r4cx6FbHaGEkX9mhX7FmzfbFAD0',
  'E5nNb55lj95ENsgGofwn6jaol17+1hx/3LpyrDgfbXwSDgutrNC+n+QWC8r3tLcAcPOBCyifXxA77dcRyOc/adO7Lz1jBBAgJwGq',
  'sL7IBCEIAkXcvggh/eMMAMC3QwhVOyMHNN6tOVqxoJ6A/j2W261/NA963JUDkAA4CScAmzjeioso+wfIYlMNfIRyPbqdy7dBu7l2',
  'A0b1+YMX645xFjg/J51/k3eeAcPNB+A8tjcWPl4IQGxbwnd8BDbHRvJY5vHkbd0q+d36nJ9d+B/kF6xjGkKiZ2lYeKjtcWci8OXw',
  'JGEiZP2jA9Psf6NrPeY/90D0qzw5covvTu5623dHeH38ETpn27OmJDAAwAIwDAADDAG4xMD9ec2tEExmf9kC2D/P37+lR96tx0Us',
  '/BffEOuN8F7+UgY+Ozr/38ExqmA5hCTj2lrKftQbN9ZgBjraNNeFaG0n+U2kkQsab5RPY0U0gGOZFoRAkDaP6s0YJEmx/PAuiiWA',
  'xTY9RyrIxFavaFdBA0ZwM/G1UoOAYuuECwhBFxzIkokBpEc7sdpFcSw5CuND17a8sB2aKAgBX9Y1czbJy5W1MYLb+KkLk9gUk0yP',
  '0ZcNNAyHQlKqhTzcA0i+OCi0A9cem74sbSvJTJgAFh0AaecC/VsKYItApbHOfxhO5wog5FMDHAJFCLIKoWZ16vURCD0IE+iz78et',
  'QKickKdSX2BviczLU1UjrPNrgzWK/ugI5AWZHecE4d527SkTGxsElQs94CDQ6+WnxXiYlKG+bGro5FgbyDy1g1OuQTy8n+vditg2',
  'pVs7Fccf2Vzy9aTTNrKcwsT+L5ecy6lomz3PISg7EijvygSfD1Pj+DIgr5cX4KQEYqe4xLak57bHBy734BmMqrL9TlscSq+krR6o',
  'H+I6q8VL9AD19VXvHujO+Cdffz707eDxNk75Y1/xWjp93AsUs/3+uC4aaDxWD0mQoSIppaDBAPdurhKEwAet4wJx/VYf0dHhx/14',
  '7Krjz+1ys9FEj7+xzpBQ9dzgk/NXeRwZnj33dqrz1PTdy45O2hfjGwrzZKFFk6Mkrk2tq68s11e4xDGQ/KD6+a6pzTULCMzi4aQE',
  'AmiapfWmy5HKKYTs8WZAA+R55k4htg6HcKmonsH1krG2cj51GsdP5QsxtpXhwI5O+RsgsQK+nAL1Xmd9hwEbo7lQARXijUTOJWxW',
  'gBxc23QZD7uSozGLvNhZSwiwVY417xicG+G9aY7NbCcFfJtOti2VP2+nSBJsCGSljtUCgzRFESkH8FonKMBGjIuK5Uw7rVoUmRNR',
  'b3vHRXrw5LIJZz7yIGMEA8zZwhw7yKZaPPcuo1eqO+BMHVVX9ELWyxcD0vJoY0qGUFl6UOM5qVhFCdsA6COYeg9QhIlIFhTiS9d5',
  'K4mShbLpK6RwVms034qrbKgtEXRgnVCeUanlz/4YpmCF4uiyH+CeCyqv3YPz8rBIPG/fHUotPFEuJTXhLptxyDnHhPhsBblLmJ3g',
  '3Etv5woxwIHzYZRjXVOiKj3u/gdft7o3exyT6Xh+XWSbX8jBMnuH68oNO40TqpyaFgwRWD4fynnTsqfwUfKX9eSdqFXnoFiqjXOv',
  'vusMOOwwr4y/V37gY6868YHyRcYiTksWu/vCqnCdJyPuM58HUdngIyF46NOqQ8XV8jD6NSQqM5cdHvL1YtYJfZ55uV21lowmgHeJ',
  'O0YH5iVBk0m16ZO78x/ZfTv38jctxedxeCMYGT/X+ufEDPCV+VW4iVLBv31QJLGD2EXfCh1M2k0sGqIMjapLP9l69/DRd18Iem31',
  '5PLVEe+/3dl/oDGZi+JjLg9E1q8YvxroP/PMzEG1gQ3+XYuR26WjXofsDnNvO61gEms2j1ReH7X//EBpJJAVmyDhfiKd9P78vrvb',
  '/WcQ7zYcHP3aF1jm+Ad0JmFomVx9q+Yukcaj32n6fo37+atrYP772rUZJN3H2n4bYHuUY06zKtJvmvYARyGXj05HSY4qlVyRErNZ',
  'V0qL5VABSSx1UQmNxXzvN/v6UNCZqRT/wCsT4xvN4DaVB7wPP8umAuJgx3qWWXM4LQx7WEkvDVhREpSpjqxri26ov1kFzs6Ng7Zv',
  'uflNZ6h5n9tpNWNwcvxwi/dIMjhrV+4i281OqueX3Oi82vBVjoelNgj7pORo1fmChZyyGh9Piz6BZr4Zt0vtaYl5/YbciUzCoxrA',
  'x8YxHssgdj7KAUZfkyFxj9BgA+B6v7L1qUZwl5H4YvJh/OD7TSA4WUdHj2w34LbfNVMwKjN6KiX+zj1itCWAMKfe0zpXauZmYpC3',
  'ZcKW4vSsu9R6OZulsVC3DmzzZSSA+Vk8DGDSCnVvhUvC8u6xRRYgLZbGaAyPcvDkphnlJp3OvDFS06jrRxdTWNwf/GwzV9r4V+jw',
  'tLpWpmRboGbJ5dBSr32hygEsMKBfvMjELrKddSvgBNR2rJgT1ygbxlnW3hnuWR0U3cLNX/XlkXH+1StxUZ32s71Y0fo455lTWzeR',
  '6WTeVAwklAr6BFk4pjszclStZdrkMH8JDWIIRrgaLlSGgV++ycEEk6SNYGWLzl7pWhsLt/hu1afKVlyySlBMqbSMtbZLdPOs1tzm',
  'AUtP8u479YcZacNAgc8bJnqYdK1oYV4pey32+Dw5SfEkIp1enJzXBd9Te3SuWRGj76i7Nsr99pycnjU7mAHxV7UOaOqGoZUSeie9',
  'IVt9pQNhDMlTjC1IZF+NOXNKcMt/v2XK2YJ449iWEr81ic7XiuXNOow4tDrEBcN0wOuf1sx59SYx1PdyPd/iQ3/8Eb61rHNTdM2A',
  'ED8s42ZVUIvUcl9iSqlLZDKtUOc/H41dfgovhSbsmjlW+wHsIGNINXOVLKSposoqnLUottOl1MoSdubr+98V6lcSc3IV+imWuLJf',
  'KpBubLv/4TW1RJ5HIH9dUL3QWZAEKhzIDcKgrCzmqkTV9yfNthilyPvlUTfmfnk+sEHVcfFqCv/bLQmLq+W29Kgk+IeZlxHgInPn',
  'h+1hQ+fT0mFf2K/fiV1IYmgtZZSDQdbu0zONka7RqKI38m3jSH04ZqLJBIotkbGYgNR35eDEqf7hu7HVV5d+TXufba+OdO0KuFCr',
  '8N4HVVyZ9zWuLgxf5M9gUpJWgtlQd1UfhUVsLzEpGHInRhXU0a+G6MSXzt7ESdOFy3nRA8RLT3hSQFjsP/WgVl0yCDo50k7fSkFE',
  'HzP/vt5gJfJIrTPttb4jvPDGUHc1tzWt7cVn1zozUyCwDqYsYe/wMSq6Z3BzVOkhfHhuqUm4hGGEZAduKiR4euFasE8odGA07whT',
  '7bihgZrGICK8Et+aXqPw3SFUmLFkwZBqNl7XRQQIjNId31lYv5ZjTj0ztpbExw5CX5C6lZvPDwdG8Z6PUCPIUVr1xJI2OIKfHWPD',
  'h12xk7Q+5X4zUtY3TcdjO857OTxxsytSueI6KBlWdhETvCVuJWU+PqYO3w3MtZ0mHVF/HUtSFhQqzsriJWlLcSyI1WjCzIUqZn94',
  'Q7+n37b6RZX1g3mnTXNSnC2snVMHP/XWyvLGFrvBam+xeo/xdk2zc8iuWSHCp6o/HK/QNW2mXieWmSbRl9qpvE8K4NDsY4ms+YGl',
  'QU6RL6Hj1GaPv10R8FSBPKK3JOqll1566aWXXnrp5ZmMRDbTnnStnhq2GthTDjx91PZ7Y95f7591t1/BfyJ86jDn54Odn2ThPzb/',
  'An8LwbI=',
];

const bits = inflateSync(Buffer.from(deflated.join(''), 'base64'));

/** Whether the font of a box can draw a character. */
export function vlGothicHas(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code <= 0xffff && (bits[code >> 3] & (1 << (code & 7))) !== 0;
}
