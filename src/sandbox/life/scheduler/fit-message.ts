/** `0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu. no new claims to deallocate, preemption: …`, as Kubernetes 1.36 says it, from one reason list for each node. */
export function fitMessage(reasons: readonly (readonly string[])[], before: readonly string[] = []): string {
	const counts = new Map<string, number>();
	for (const reason of reasons.flat()) counts.set(reason, (counts.get(reason) ?? 0) + 1);
	const parts = before.length > 0 ? before : [...counts].map(([reason, count]) => `${count} ${reason}`).sort();
	const total = reasons.length;
	if (total === 0 && before.length === 0) return 'no nodes available to schedule pods';
	const helpless = reasons.filter(list => list.some(reason => !reason.startsWith('Insufficient') && reason !== 'Too many pods')).length;
	const victims = total - helpless;
	const preemption = [
		...(victims > 0 ? [`${victims} No preemption victims found for incoming pod`] : []),
		...(helpless > 0 ? [`${helpless} Preemption is not helpful for scheduling`] : []),
	].sort();
	const tail = before.length > 0 ? `${total} Preemption is not helpful for scheduling` : preemption.join(', ');
	return `0/${total} nodes are available: ${parts.join(', ')}. no new claims to deallocate, preemption: 0/${total} nodes are available: ${tail}.`;
}
