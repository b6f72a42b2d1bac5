import type {MadeChange} from '../../../analysis/bottleneck/facts.ts';
import type {Graph} from '../../../analysis/detection/graph/dependents.ts';
import type {Survey} from '../../../analysis/detection/survey.ts';
import {isChange} from '../../../analysis/timeline/happening.ts';
import {type Seen, timelineOf} from '../../../analysis/timeline/timeline.ts';
import {type Ref, refKey, refText} from '../../../core/kube/kube-object.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';

const settings = new Set(['ConfigMap', 'Secret']);

/** Events of controllers that change how much there is of a workload. */
const scaling = /^(?:ScalingReplicaSet|SuccessfulRescale)/;

/** That pods come and go is what came of a change. */
function kindOf({source, ref, text, isBad}: Seen): MadeChange['what'] | undefined {
	if (source === 'revision') return 'rollout';
	if (source === 'event') return scaling.test(text) ? 'scale' : undefined;
	if (ref.kind === 'Node') return source === 'condition' && isBad ? 'node' : source === 'life' ? 'node' : undefined;
	if (ref.kind === 'Pod' || ref.kind === 'EndpointSlice') return undefined;
	if (settings.has(ref.kind) && (source === 'write' || source === 'life')) return 'settings';
	return source === 'write' || source === 'journal' ? 'other' : undefined;
}

const longest = 240;

/** What somebody changed of a workload and around it in a time, the oldest first. */
export function madeChanges(
	ref: Ref,
	{survey, graph}: {readonly survey: Survey; readonly graph: Graph},
	fromMs: number,
): readonly MadeChange[] {
	const own = refKey(ref);
	return timelineOf(ref, {survey, graph, journal: []}).flatMap((seen): readonly MadeChange[] => {
		const what = kindOf(seen);
		const atMs = Date.parse(seen.at);
		if (what === undefined || atMs < fromMs || (what !== 'scale' && what !== 'node' && !isChange(seen))) return [];
		const place =
			refKey(seen.ref) === own
				? ''
				: `${refText({...seen.ref, namespace: seen.ref.namespace === ref.namespace ? undefined : seen.ref.namespace})}: `;
		// Settings are used by nobody else as a rule; what needs the same node is.
		return [{atMs, what, text: plainLine(`${place}${seen.text}`, longest), isOwn: !seen.isAround || what === 'settings'}];
	});
}
