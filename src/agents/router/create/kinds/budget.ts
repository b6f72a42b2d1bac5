import {valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {podLabelsOf} from '../../../deploy/objects/services/service-for.ts';
import {lacking, type Made, objects} from '../made.ts';
import {budgetOf} from '../manifests/limits.ts';
import type {Labels} from '../manifests/object.ts';
import {nameIn} from '../name-in.ts';
import {withoutNames} from '../reading/limits/marked-text.ts';
import {budgetIn} from '../reading/scaling/budget-words.ts';
import type {Wish} from '../reading/wish.ts';
import {alreadyThere, objectsOf, placeOf, type Scene, subjectOf} from '../scene.ts';

const workloads = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** The pods that are protected: those with labels that are told, else those of a workload. */
type Protected = {readonly labels: Labels; readonly namespace: string; readonly own: string};

/** `pods labelled app=web`, `everything with tier=cache`, `app=web 파드`. */
function toldLabels({text}: Wish): Labels {
	const isLabels = /\blabel|\bselect|\bpods? with\b|\beverything with\b|라벨|레이블|셀렉터|=\S+ ?파드/i.test(text);
	const pairs = [...text.matchAll(/(?<![\w./-])([a-z][\w./-]*)=([\w.-]*\w)/gi)].map(([, key = '', value = '']) => [key, value] as const);
	return isLabels ? Object.fromEntries(pairs) : {};
}

async function protectedBy(scene: Scene): Promise<Protected | Made> {
	const labels = toldLabels(scene.wish);
	const target = await subjectOf(scene, workloads);
	if (Object.keys(labels).length > 0 && target.kind !== 'one')
		return {labels, namespace: placeOf(scene), own: Object.values(labels)[0] ?? 'pods'};
	if (target.kind === 'asks') return target.made;
	const workload = target.kind === 'one' ? target.object : scene.planned.findLast(({kind}) => workloads.includes(kind));
	if (workload === undefined)
		return lacking(scene.wish, 'Which workload should the disruption budget protect?', '어느 워크로드를 보호할까요?');
	const namespace = workload.metadata.namespace ?? scene.world.namespace;
	return {labels: Object.keys(labels).length > 0 ? labels : podLabelsOf(workload), namespace, own: workload.metadata.name};
}

/** Two budgets for one pod block every eviction. */
function already({wish}: Scene, own: string, same: KubeObject): Made {
	return lacking(
		wish,
		`${own} has the budget ${same.metadata.name} already; two budgets for one pod block every eviction. Change that one?`,
		`${own}에는 이미 버짓 ${same.metadata.name}이(가) 있습니다. 파드 하나에 버짓이 둘이면 축출이 모두 막힙니다. 그것을 바꿀까요?`,
	);
}

/** How many pods of a workload a drain has to leave. */
export async function makeBudget(scene: Scene): Promise<Made> {
	const target = await protectedBy(scene);
	if ('kind' in target) return target;
	const {labels, namespace, own} = target;
	const live = await objectsOf(scene, 'PodDisruptionBudget', namespace);
	const isFree = (name: string) => !live.some(({metadata}) => metadata.name === name);
	const given = nameIn(scene);
	const name = given !== undefined && given !== own ? given : isFree(own) ? own : `${own}-pdb`;
	const budget = budgetIn(scene.wish, withoutNames(scene.wish.text, [name, own, namespace]));
	if (budget === undefined)
		return lacking(
			scene.wish,
			`How many pods of ${own} have to stay up, or may be down at once?`,
			`${own}의 파드가 최소 몇 개 살아 있어야 하나요, 또는 한 번에 몇 개까지 내려가도 되나요?`,
		);
	const same = live.find(each => JSON.stringify(valueAt(each, 'spec', 'selector', 'matchLabels')) === JSON.stringify(labels));
	if (same !== undefined) return already(scene, own, same);
	return (await alreadyThere(scene, 'PodDisruptionBudget', name, namespace)) ?? objects(budgetOf({name, namespace}, labels, budget));
}
