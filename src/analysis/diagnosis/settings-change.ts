import {isJsonObject, type Json} from '../../core/json.ts';
import {listAt, objectAt, textAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {podNeeds} from '../../core/kube/pod-needs.ts';
import {type Case, ofKind} from './case.ts';
import type {Cause} from './cause.ts';
import {lastWriteOf, writtenText} from './changed-by.ts';
import {merge} from './patch-remedy.ts';

const appliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** What was last applied, where somebody wrote over it since by other means. */
function appliedData({metadata}: KubeObject): {readonly [key: string]: Json | undefined} {
	try {
		const applied: unknown = JSON.parse(metadata.annotations?.[appliedAnnotation] ?? '{}');
		return isJsonObject(applied) ? objectAt(applied, 'data') : {};
	} catch {
		return {};
	}
}

const startOf = (pods: readonly KubeObject[]) => Math.min(...pods.map(({metadata}) => Date.parse(metadata.creationTimestamp ?? '') || 0));

/** When pods that fail were last seen to be well; 0 where they do not tell. */
const failingSince = (pods: readonly KubeObject[]) =>
	Math.max(
		0,
		...pods
			.flatMap(pod => listAt(pod, 'status', 'conditions'))
			.filter(each => textAt(each, 'type') === 'Ready' && textAt(each, 'status') !== 'True')
			.map(each => Date.parse(textAt(each, 'lastTransitionTime') ?? '') || 0),
	);

/** So long before the failure a change may lie: containers read it when they next start. */
const windowMs = 2 * 60 * 60_000;
/** Clocks of nodes and servers differ. */
const slackMs = 60_000;

/** The ConfigMap that was written to after pods had been made which fail now, the last one of several: what ran before can only have read other values. */
export function settingsCause({podSpec, scene, pods, workload}: Case, evidence: Cause['evidence']): Cause | undefined {
	if (workload === undefined || pods.length === 0) return undefined;
	const names = new Set(podNeeds(podSpec).flatMap(({kind, name}) => (kind === 'ConfigMap' ? [name] : [])));
	const since = failingSince(pods);
	const isBefore = (atMs: number) => since === 0 || (atMs <= since + slackMs && since - atMs < windowMs);
	const changed = ofKind(scene, 'ConfigMap')
		.filter(({metadata}) => names.has(metadata.name))
		.map(settings => ({settings, atMs: lastWriteOf(settings, ['data'])?.atMs ?? 0}))
		.filter(
			({settings, atMs}) =>
				isBefore(atMs) && atMs > startOf(pods) && atMs > (Date.parse(settings.metadata.creationTimestamp ?? '') || 0) + 1000,
		)
		.toSorted((a, b) => b.atMs - a.atMs)[0]?.settings;
	if (changed === undefined) return undefined;
	const data = objectAt(changed, 'data');
	const former = Object.entries(appliedData(changed)).filter(([key, value]) => typeof value === 'string' && data[key] !== value);
	const keys = former.length > 0 ? former.map(([key]) => key) : Object.keys(data);
	const name = refText(refOf(changed));
	return {
		id: 'settings-break-start',
		resource: refOf(changed),
		path: keys.length === 1 ? `data.${keys[0]}` : 'data',
		hurts: [refOf(workload)],
		cause: {
			en: `${name} was changed after the pods of ${refText(refOf(workload))} had been made, and they end since`,
			ko: `${refText(refOf(workload))}의 파드가 만들어진 뒤 ${name}이(가) 바뀌었고, 그 뒤로 컨테이너가 죽습니다`,
		},
		evidence: [{source: name, detail: writtenText(changed, ['data']) ?? 'data was changed'}, ...evidence],
		remedies:
			former.length === 0
				? []
				: [
						merge(
							changed,
							{data: Object.fromEntries(former)},
							{
								side: 'settings',
								sure: true,
								text: {
									en: `Set ${keys.join(', ')} of ${name} back to what was last applied`,
									ko: `${name}의 ${keys.join(', ')}을(를) 마지막으로 적용된 값으로 되돌립니다`,
								},
							},
						),
					],
	};
}
