import {listAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {shortLine} from '../../core/text/short-line.ts';
import type {Cause} from './cause.ts';

const isReady = (node: KubeObject) =>
	listAt(node, 'status', 'conditions').some(each => textAt(each, 'type') === 'Ready' && textAt(each, 'status') === 'True');

/** `condition Ready is Unknown since …: Kubelet stopped posting node status.` */
function readyText(node: KubeObject): string {
	const ready = listAt(node, 'status', 'conditions').find(each => textAt(each, 'type') === 'Ready');
	const since = textAt(ready, 'lastTransitionTime');
	const words = shortLine(textAt(ready, 'message') ?? '', 200);
	return `condition Ready is ${textAt(ready, 'status') ?? 'not there'}${since === undefined ? '' : ` since ${since}`}${words === '' ? '' : `: ${words}`}`;
}

/** Lets new pods go to a node again. */
export const uncordon = (node: KubeObject) => ({
	tool: 'node_cordon',
	input: {node: node.metadata.name, uncordon: true},
	side: 'node' as const,
	sure: true,
	text: {en: `Uncordon node ${node.metadata.name}`, ko: `노드 ${node.metadata.name}를 uncordon 합니다`},
});

/** Why a node takes no new pods. */
export function nodeCauses(node: KubeObject): readonly Cause[] {
	const name = refText(refOf(node));
	const say = (id: Cause['id'], path: string, en: string, ko: string, detail: string, remedies: Cause['remedies'] = []): Cause => ({
		id,
		resource: refOf(node),
		path,
		cause: {en: `${name} ${en}`, ko: `${name}: ${ko}`},
		evidence: [{source: name, detail}],
		remedies,
	});
	const taints = listAt(node, 'spec', 'taints').filter(each => !(textAt(each, 'key') ?? '').startsWith('node.kubernetes.io/'));
	const pressed = listAt(node, 'status', 'conditions').filter(
		each => (textAt(each, 'type') ?? '').endsWith('Pressure') && textAt(each, 'status') === 'True',
	);
	return [
		...(valueAt(node, 'spec', 'unschedulable') === true
			? [
					say(
						'node-cordoned',
						'spec.unschedulable',
						'is cordoned: no new pod goes there',
						'cordon 상태라 새 파드가 배치되지 않습니다',
						'spec.unschedulable true',
						[uncordon(node)],
					),
				]
			: []),
		...(isReady(node)
			? []
			: [
					say(
						'node-not-ready',
						'status.conditions[Ready]',
						'is not ready: its kubelet does not say that it is well',
						'준비되지 않았습니다(kubelet 상태 이상)',
						readyText(node),
					),
				]),
		...pressed.map(each =>
			say(
				'node-pressed',
				`status.conditions[${textAt(each, 'type')}]`,
				`runs short (${textAt(each, 'type')})`,
				`자원이 부족합니다 (${textAt(each, 'type')})`,
				textAt(each, 'message') ?? '',
			),
		),
		...listAt(node, 'status', 'conditions')
			.filter(each => textAt(each, 'type') === 'NetworkUnavailable' && textAt(each, 'status') === 'True')
			.map(each =>
				say(
					'node-network-unavailable',
					'status.conditions[NetworkUnavailable]',
					'has no network for pods: what should set it up has not done so',
					'파드 네트워크가 준비되지 않았습니다',
					`${textAt(each, 'reason') ?? 'NetworkUnavailable'}: ${textAt(each, 'message') ?? ''}`,
				),
			),
		...taints.map(each =>
			say(
				'node-tainted',
				`spec.taints[${textAt(each, 'key')}]`,
				`has the taint ${textAt(each, 'key')}: only pods that tolerate it go there`,
				`taint ${textAt(each, 'key')}가 있어 이를 허용하는 파드만 배치됩니다`,
				`${textAt(each, 'key')}=${textAt(each, 'value') ?? ''}:${textAt(each, 'effect')}`,
			),
		),
	];
}
