import { createHash } from 'node:crypto';

import type { InferenceSession, Tensor } from '../../appliance/face/onnxruntime.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import type { Stage, StageName } from './stage.js';

type Side = 'portrait' | 'frame';

/** Keeps what the product's own functions pass to the nets and get from them: every stage, each content once. */
export class Recorder {
  side: Side = 'portrait';
  readonly stages: Stage[] = [];
  readonly #known = new Set<string>();

  keep(name: StageName, { buffer, byteOffset, byteLength }: ArrayBufferView): void {
    const bytes = new Uint8Array(buffer, byteOffset, byteLength).slice();
    const hash = createHash('sha256').update(bytes).digest('base64');
    if (this.#known.has(hash)) return;
    this.#known.add(hash);
    this.stages.push({ name, bytes });
  }

  /** The same nets, which are listened to. */
  listenTo({ detector, mesh, recogniser }: FaceModels): FaceModels {
    const heard = <T extends { readonly session: InferenceSession }>(
      net: T,
      what?: 'mesh' | 'template',
    ): T => ({ ...net, session: this.#heard(net.session, what) });
    return {
      detector: heard(detector),
      mesh: heard(mesh, 'mesh'),
      recogniser: {
        ...recogniser,
        members: recogniser.members.map((member) => heard(member, 'template')),
      },
    };
  }

  #heard(session: InferenceSession, what: 'mesh' | 'template' | undefined): InferenceSession {
    const keep = (name: StageName, tensors: Readonly<Record<string, unknown>>) => {
      for (const tensor of Object.values(tensors))
        this.keep(name, (tensor as Tensor).data as unknown as ArrayBufferView);
    };
    const run = async (feeds: InferenceSession.FeedsType, fetches?: InferenceSession.FetchesType) => {
      keep(`${this.side}-tensor`, feeds);
      const answer = await (fetches ? session.run(feeds, fetches) : session.run(feeds));
      if (what) keep(`${this.side}-${what}`, answer);
      return answer;
    };
    return new Proxy(session, {
      get: (of, name) => (name === 'run' ? run : (Reflect.get(of, name) as unknown)),
    });
  }
}
