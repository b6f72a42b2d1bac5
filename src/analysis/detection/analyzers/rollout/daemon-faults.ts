import {listAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {count} from '../../../../core/text/count.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {keepsAway} from '../../../diagnosis/closed-nodes.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {isChosen, nobodyFits} from '../../../diagnosis/node-choice.ts';
import {backRemedy, changeEvidence, changesAt, type TemplateChange} from '../../../diagnosis/template-change.ts';
import type {Subject} from '../subject.ts';

type PodSpec = Subject['podSpec'];

/** A DaemonSet goes to every node that it asks for and tolerates; a cordoned one is none of its business. */
const goesTo = (podSpec: PodSpec) => (node: KubeObject) =>
	isChosen(node, podSpec) && !listAt(node, 'spec', 'taints').some(keepsAway(podSpec));

function earlierSpec(change: TemplateChange | undefined): PodSpec | undefined {
	const spec = valueAt(change?.earlier.template, 'spec');
	return typeof spec === 'object' && spec !== null && !Array.isArray(spec) ? (spec as PodSpec) : undefined;
}

/** Nodes that the last revision was on and this one is not: whoever narrowed it on purpose left a node at least. */
export function daemonFaults(subject: Subject): readonly Cause[] {
	const {survey, workload, podSpec, given, change} = subject;
	const nodes = survey.all('Node');
	if (workload.kind !== 'DaemonSet' || nodes.length === 0 || !survey.isRead('Node')) return [];
	const now = nodes.filter(goesTo(podSpec));
	if (now.length === nodes.length) return [];
	const earlier = earlierSpec(change());
	const before = earlier === undefined ? [] : nodes.filter(goesTo(earlier));
	const lost = before.filter(node => !now.includes(node));
	if (now.length > 0 || (earlier !== undefined && lost.length === 0)) return [];
	if (earlier === undefined) {
		// One that waits for nodes of a kind that may come is well; one letter beside a label that is there is a slip.
		const found = nodes.some(node => isChosen(node, podSpec)) ? undefined : nobodyFits(workload, given(), nodes);
		return found?.remedies.some(({sure}) => sure) === true ? [{...found, severity: 'high'}] : [];
	}
	const changed = [
		...changesAt(change(), [...podSpecPlace(workload), 'nodeSelector']),
		...changesAt(change(), [...podSpecPlace(workload), 'affinity']),
		...changesAt(change(), [...podSpecPlace(workload), 'tolerations']),
	];
	const [first] = changed;
	const name = refText(refOf(workload));
	return [
		{
			id: 'daemon-on-no-node',
			resource: refOf(workload),
			path: fieldPath(workload, first?.path ?? podSpecPlace(workload)),
			cause: {
				en: `${name} ran on ${count(lost.length, 'node')} and runs on none since its template was changed`,
				ko: `${name}가 노드 ${lost.length}개에서 돌다가 템플릿이 바뀐 뒤 어느 노드에서도 돌지 않습니다`,
			},
			evidence: changeEvidence(given(), change(), changed),
			remedies: backRemedy(given(), change(), changed),
		},
	];
}
