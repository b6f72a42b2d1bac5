import {numberAt, textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {lacking, type Made, objects} from '../made.ts';
import {type AutoscalerWish, autoscalerOf} from '../manifests/limits.ts';
import {nameIn} from '../name-in.ts';
import {withoutNames} from '../reading/limits/marked-text.ts';
import {metricsIn} from '../reading/scaling/metrics.ts';
import {pacesIn} from '../reading/scaling/pace.ts';
import {replicaBounds, withDigits} from '../reading/scaling/replica-bounds.ts';
import {alreadyThere, objectsOf, type Scene, subjectOf} from '../scene.ts';

const scales = (scaler: KubeObject, workload: KubeObject) =>
	scaler.metadata.namespace === workload.metadata.namespace &&
	textAt(scaler, 'spec', 'scaleTargetRef', 'name') === workload.metadata.name &&
	textAt(scaler, 'spec', 'scaleTargetRef', 'kind') === workload.kind;

const scalable = ['Deployment', 'StatefulSet', 'ReplicaSet'];

/** Kubernetes' own target where none is said. */
const usual = {resource: 'cpu', target: {utilization: 80}} as const;

/** What is said of an autoscaler, of a workload that has as many pods now; undefined where its upper bound is not said. */
function settingsIn({wish}: Scene, names: readonly string[], replicas: number): AutoscalerWish | undefined {
	const text = withoutNames(wish.text, names);
	const {spans, ...paces} = pacesIn({...wish, text});
	const {metrics, spans: used} = metricsIn(wish, text, spans);
	const {min, max} = replicaBounds(withDigits(wish, text, [...spans, ...used]));
	if (max === undefined) return undefined;
	return {min: min ?? Math.min(replicas, max), max, metrics: metrics.length === 0 ? [usual] : metrics, ...paces};
}

export async function makeAutoscaler(scene: Scene): Promise<Made> {
	const {wish} = scene;
	const target = await subjectOf(scene, scalable);
	if (target.kind === 'asks') return target.made;
	const workload = target.kind === 'one' ? target.object : scene.planned.findLast(({kind}) => scalable.includes(kind));
	if (workload === undefined) return lacking(wish, 'Which workload should be scaled?', '어느 워크로드를 오토스케일할까요?');
	const namespace = workload.metadata.namespace ?? scene.world.namespace;
	const live = (await objectsOf(scene, 'HorizontalPodAutoscaler', namespace)).find(scaler => scales(scaler, workload));
	const own = workload.metadata.name;
	if (live !== undefined)
		return lacking(
			wish,
			`${own} has the autoscaler ${live.metadata.name} already. Which of its settings should change?`,
			`${own}에는 이미 오토스케일러 ${live.metadata.name}이(가) 있습니다. 무엇을 바꿀까요?`,
		);
	const name = nameIn(scene) ?? own;
	const settings = settingsIn(scene, [name, own, namespace], numberAt(workload, 'spec', 'replicas') ?? 1);
	if (settings === undefined)
		return lacking(wish, `Between how many pods should ${own} be scaled?`, `${own}을(를) 몇 개에서 몇 개 사이로 조절할까요?`);
	const there = await alreadyThere(scene, 'HorizontalPodAutoscaler', name, namespace);
	return there ?? objects(autoscalerOf({name, namespace}, {apiVersion: workload.apiVersion, kind: workload.kind, name: own}, settings));
}
