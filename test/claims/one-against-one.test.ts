import assert from 'node:assert/strict';

import fc from 'fast-check';
import * as z from 'zod';

import { request } from '../../appliance/protocol/vault.js';

describe('a comparison', () => {
  it('It compares one visitor with one document; it cannot search', () => {
    assert(request.safeParse({ do: 'compare' }).success);
    // Neither a list of faces nor anything else can be handed to it.
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((name) => !['do', 'timed', '__proto__'].includes(name)),
        fc.anything().filter((value) => value !== undefined),
        (name, value) => !request.safeParse({ do: 'compare', [name]: value }).success,
      ),
    );
    // No request takes a list: a vault holds the last document and the last visitor.
    assert.doesNotMatch(JSON.stringify(z.toJSONSchema(request)), /"(?:array|items|prefixItems)"/);
  });
});
