/**
 * Numbers the connected components that `links` form among `names`, from 0 in the order of the names. Links
 * may pass through nodes that are not in `names`.
 */
export function connectedComponents(
  names: readonly string[],
  links: readonly (readonly [string, string])[],
): Map<string, number> {
  const leaders = new Map<string, string>();
  const leaderOf = (name: string): string => {
    let leader = name;
    for (let next = leaders.get(leader); next !== undefined; next = leaders.get(leader)) leader = next;
    if (leader !== name) leaders.set(name, leader);
    return leader;
  };
  for (const [one, other] of links) {
    const [leader, follower] = [leaderOf(one), leaderOf(other)];
    if (leader !== follower) leaders.set(follower, leader);
  }
  const numbers = new Map<string, number>();
  return new Map(
    names.map((name) => {
      const leader = leaderOf(name);
      const number = numbers.get(leader) ?? numbers.size;
      numbers.set(leader, number);
      return [name, number];
    }),
  );
}
