import type {Json} from '../../core/json.ts';
import {listAt, objectAt, textAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {shortLine} from '../../core/text/short-line.ts';
import type {Case} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import {placedContainers} from './container-place.ts';
import {fieldPath} from './field-path.ts';
import {exchange} from './patch-remedy.ts';
import {quotaRefusal, refusals} from './refusals.ts';
import {backRemedy, changeEvidence, changeOf, changesAt} from './template-change.ts';

/** A quota that counts the pods alone that name no resources. */
const isOfBestEffort = (quota: KubeObject) =>
	listAt(quota, 'spec', 'scopes').includes('BestEffort') ||
	listAt(quota, 'spec', 'scopeSelector', 'matchExpressions').some(
		each => textAt(each, 'scopeName') === 'BestEffort' && textAt(each, 'operator') === 'Exists',
	);

const namesNothing = (container: Json) =>
	['requests', 'limits'].every(list => ['cpu', 'memory'].every(thing => objectAt(container, 'resources', list)[thing] === undefined));

/** A usual first step, which a person may know better. */
const firstStep = {requests: {cpu: '100m', memory: '128Mi'}};

/** Such a quota is there so that pods say what they need: what refuses to is wrong, and not the quota. Undefined for any other quota. */
export function bestEffortCause(quota: KubeObject, workload: KubeObject, given: Case): Cause | undefined {
	const bare = placedContainers(workload).filter(({container}) => namesNothing(container));
	const [first] = bare.filter(({isInit}) => !isInit);
	if (first === undefined || !isOfBestEffort(quota) || bare.length < placedContainers(workload).length) return undefined;
	const change = changeOf(given);
	const lost = bare.flatMap(({place}) => changesAt(change, [...place, 'resources']));
	const [name, limiter] = [refText(refOf(workload)), refText(refOf(quota))];
	const place = [...first.place, 'resources'];
	const give: Remedy = exchange(workload, [{path: place, from: objectAt(first.container).resources, to: firstStep}], {
		side: 'workload',
		sure: false,
		amount: '100m, 128Mi',
		text: {
			en: `Let container ${first.name} of ${name} ask for 100m of cpu and 128Mi of memory`,
			ko: `${name}의 컨테이너 ${first.name}가 cpu 100m, 메모리 128Mi를 요청하게 합니다`,
		},
	});
	const told = refusals(given).find(message => quotaRefusal(message)?.quota === quota.metadata.name);
	return {
		id: 'quota-forbids-best-effort',
		resource: refOf(workload),
		path: fieldPath(workload, place),
		hurts: [refOf(workload)],
		cause: {
			en: `${limiter} allows ${String(objectAt(quota, 'spec', 'hard').pods ?? 'no')} pods that ask for nothing, and ${lost.length > 0 ? `container ${first.name} of ${name} has lost its resources` : `no container of ${name} names resources`}`,
			ko: `${limiter}가 리소스를 요청하지 않는 파드를 막는데 ${name}의 컨테이너 ${first.name}에 resources가 없습니다`,
		},
		evidence: [
			...(told === undefined ? [] : [{source: name, detail: shortLine(told, 300)}]),
			{source: limiter, detail: `spec.scopes BestEffort, hard ${JSON.stringify(objectAt(quota, 'spec', 'hard'))}`},
			...changeEvidence(given, change, lost),
		],
		remedies: lost.length > 0 ? backRemedy(given, change, lost) : [give],
	};
}
