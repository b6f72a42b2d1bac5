import {numberAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {fitsMap} from '../../../../core/kube/selector.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {makeService} from '../../../diagnosis/make-service.ts';
import {mentionsIn} from '../../mentions/mentions.ts';
import {templateLabels} from '../../routing.ts';
import type {Survey} from '../../survey.ts';

/** Who is told of single pods behind a Service, or of the Service at all. */
const tellers = (name: string, namespace: string | undefined, survey: Survey) =>
	mentionsIn(survey).filter(mention => mention.service === name && mention.namespace === namespace);

function missingCause(set: KubeObject, name: string, survey: Survey): Cause {
	const {namespace} = set.metadata;
	const who = refText(refOf(set));
	const told = tellers(name, namespace, survey);
	const twin = survey
		.all('Service', namespace)
		.find(service => textAt(service, 'spec', 'clusterIP') === 'None' && fitsMap(valueAt(service, 'spec', 'selector'), templateLabels(set)));
	const made = makeService(set, name, {isHeadless: true, sure: true});
	return {
		id: 'governing-service-not-there',
		// With a headless Service of another name the set names the wrong one; otherwise its Service has gone.
		resource: twin === undefined ? {apiVersion: 'v1', kind: 'Service', ...(namespace === undefined ? {} : {namespace}), name} : refOf(set),
		...(twin === undefined ? {} : {path: 'spec.serviceName'}),
		severity: told.length > 0 ? 'high' : (numberAt(set, 'spec', 'replicas') ?? 1) > 1 ? 'medium' : 'low',
		hurts: [refOf(set), ...told.map(({workload}) => refOf(workload))],
		cause: {
			en: `${who} gets the names of its pods from Service ${name}, which is not there: no pod of it can be found by name${twin === undefined ? '' : ` (there is ${refText(refOf(twin))})`}`,
			ko: `${who}의 파드 이름을 주는 서비스 ${name}이(가) 없어 파드를 이름으로 찾을 수 없습니다${twin === undefined ? '' : ` (있는 것은 ${refText(refOf(twin))})`}`,
		},
		evidence: [
			{source: who, detail: `spec.serviceName ${name}`},
			...told.slice(0, 3).map(({holder, path, host}) => ({source: refText(refOf(holder)), detail: `${path} names ${host}`})),
		],
		remedies: made === undefined ? [] : [made],
	};
}

/** An address of its own gives the pods behind it no names: that is in order until somebody asks for one. */
function notHeadlessCause(set: KubeObject, service: KubeObject, survey: Survey): readonly Cause[] {
	const asked = tellers(service.metadata.name, service.metadata.namespace, survey).filter(({pod}) => pod !== undefined);
	const [first] = asked;
	if (first === undefined) return [];
	const [who, name] = [refText(refOf(set)), refText(refOf(service))];
	return [
		{
			id: 'governing-service-not-headless',
			resource: refOf(service),
			path: 'spec.clusterIP',
			severity: 'high',
			hurts: [refOf(set), ...asked.map(({workload}) => refOf(workload))],
			cause: {
				en: `${name} names the pods of ${who} and has an address of its own (${textAt(service, 'spec', 'clusterIP') ?? 'not None'}), so that ${first.host} has none`,
				ko: `${name}는 ${who}의 파드에 이름을 주어야 하는데 자기 주소가 있어(headless가 아님) ${first.host}를 찾을 수 없습니다`,
			},
			evidence: [
				{source: name, detail: `spec.clusterIP ${textAt(service, 'spec', 'clusterIP') ?? 'not None'}`},
				{source: refText(refOf(first.holder)), detail: `${first.path} names ${first.host}`},
			],
			remedies: reachedFromOutside(service) ? [] : [headless(service)],
		},
	];
}

/** A Service without an address opens no port of nodes or of a load balancer: whoever comes by these would be shut out. */
const reachedFromOutside = (service: KubeObject) => (textAt(service, 'spec', 'type') ?? 'ClusterIP') !== 'ClusterIP';

/** Whether a Service has an address stands for good: it must be made anew. */
function headless(service: KubeObject) {
	const {clusterIP: _, clusterIPs: __, ...spec} = objectAt(service, 'spec');
	const {name, namespace, labels, annotations} = service.metadata;
	const ref = refOf(service);
	const manifest: KubeObject = {
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {name, namespace, labels, annotations},
		spec: {...spec, type: 'ClusterIP', clusterIP: 'None'},
	};
	return {
		tool: 'auto_recovery',
		input: {},
		writes: [
			{op: 'delete', ref},
			{op: 'create', ref, manifest},
		],
		side: 'service',
		sure: true,
		text: {en: `Make ${refText(ref)} anew without an address of its own`, ko: `${refText(ref)}를 주소 없이(headless) 다시 만듭니다`},
	} as const;
}

/** The Services that give the pods of StatefulSets their names. */
export const governingServices = (survey: Survey): readonly Cause[] =>
	survey.all('StatefulSet').flatMap(set => {
		const name = textAt(set, 'spec', 'serviceName') ?? '';
		if (name === '' || !survey.isRead('Service', set.metadata.namespace)) return [];
		const service = survey.find('Service', set.metadata.namespace, name);
		if (service === undefined) return [missingCause(set, name, survey)];
		return textAt(service, 'spec', 'clusterIP') === 'None' || textAt(service, 'spec', 'clusterIP') === undefined
			? []
			: notHeadlessCause(set, service, survey);
	});

/** Whether the lack of a Service is told with its StatefulSet. */
export const isGoverning = (name: string, namespace: string, survey: Survey) =>
	survey.all('StatefulSet', namespace).some(set => textAt(set, 'spec', 'serviceName') === name);
