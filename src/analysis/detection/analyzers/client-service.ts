import type {Finding} from '../../../core/finding.ts';
import type {Json} from '../../../core/json.ts';
import {listAt, numberAt, textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import {orphan} from '../../diagnosis/backend-causes.ts';
import type {Cause, Remedy} from '../../diagnosis/cause.ts';
import type {FaultId} from '../../diagnosis/classes/fault-classes.ts';
import {fieldPath} from '../../diagnosis/field-path.ts';
import {changeEvidence} from '../../diagnosis/last-write.ts';
import {makeService} from '../../diagnosis/make-service.ts';
import {exchange} from '../../diagnosis/patch-remedy.ts';
import {meantName} from '../../diagnosis/reference-causes.ts';
import type {Survey} from '../survey.ts';
import {hasPort, isServed, stoppedBehind} from './backing.ts';

/** Something of the control plane that asks a Service of the cluster: a webhook, an aggregated API, a conversion. */
export type Asking = {
	readonly object: KubeObject;
	/** Of the object that names namespace, name and port of the Service. */
	readonly place: readonly (string | number)[];
	readonly service: Json;
	/** What does not work without it, in both languages: `webhook x of …`. */
	readonly what: {readonly en: string; readonly ko: string};
	readonly severity: Finding['severity'];
	readonly ids: {readonly service: FaultId; readonly port: FaultId; readonly served: FaultId; readonly stopped: FaultId};
	/** What is left to do where no Service is near. */
	readonly otherwise: readonly Remedy[];
};

const put = ({object, place}: Asking, field: string, from: Json | undefined, to: Json): Remedy =>
	exchange(object, [{path: [...place, field], from, to}], {
		side: 'settings',
		sure: true,
		text: {
			en: `Set ${fieldPath(object, [...place, field])} of ${refText(refOf(object))} to ${String(to)}`,
			ko: `${refText(refOf(object))}의 ${fieldPath(object, [...place, field])}을(를) ${String(to)}(으)로 바꿉니다`,
		},
	});

function missing(asking: Asking, namespace: string, name: string, survey: Survey): Cause {
	const {object, place, what, ids, severity, otherwise} = asking;
	const near = meantName(
		name,
		survey.all('Service', namespace).map(({metadata}) => metadata.name),
	);
	const elsewhere = survey.all('Service').filter(({metadata}) => metadata.name === name);
	const [other] = elsewhere;
	const remedies =
		near !== undefined
			? [put(asking, 'name', name, near)]
			: elsewhere.length === 1 && other?.metadata.namespace !== undefined
				? [put(asking, 'namespace', namespace, other.metadata.namespace)]
				: [];
	// Whoever answered still runs, and its Service has gone.
	const behind = remedies.length === 0 && survey.isRead('Deployment', namespace) ? orphan(name, survey.scene(namespace)) : undefined;
	const made = behind === undefined ? undefined : makeService(behind, name, {port: numberAt(asking.service, 'port') ?? 443, sure: true});
	const field = near === undefined && remedies.length > 0 ? 'namespace' : 'name';
	return {
		id: ids.service,
		resource: refOf(object),
		path: fieldPath(object, [...place, field]),
		// What nobody waits for is told all the same where it is plain that another Service was meant.
		severity: severity === 'low' && remedies.length > 0 ? 'medium' : severity,
		cause: {
			en: `${what.en} is asked at Service ${namespace}/${name}, which is not there`,
			ko: `${what.ko}이(가) Service ${namespace}/${name}에 묻는데 그런 서비스가 없습니다`,
		},
		evidence: [
			{source: refText(refOf(object)), detail: `${fieldPath(object, place)}: ${namespace}/${name}`},
			...(other === undefined ? [] : [{source: refText(refOf(other)), detail: 'is there'}]),
			...changeEvidence(object),
		],
		remedies: remedies.length > 0 ? remedies : [...(made === undefined ? [] : [made]), ...otherwise],
	};
}

function wrongPort(asking: Asking, found: KubeObject, port: number): Cause {
	const {object, place, what, ids, severity} = asking;
	const ports = listAt(found, 'spec', 'ports').flatMap(each => numberAt(each, 'port') ?? []);
	const [only] = ports;
	return {
		id: ids.port,
		resource: refOf(object),
		path: fieldPath(object, [...place, 'port']),
		severity,
		hurts: [refOf(found)],
		cause: {
			en: `${what.en} is asked at port ${port} of ${refText(refOf(found))}, which has ${ports.join(', ') || 'none'}`,
			ko: `${what.ko}이(가) ${refText(refOf(found))}의 ${port} 포트에 묻는데 서비스의 포트는 ${ports.join(', ') || '없음'}입니다`,
		},
		evidence: [
			{source: refText(refOf(object)), detail: `${fieldPath(object, place)}: port ${port}`},
			{source: refText(refOf(found)), detail: `ports ${ports.join(', ') || 'none'}`},
			...changeEvidence(object),
		],
		remedies: ports.length === 1 && only !== undefined ? [put(asking, 'port', numberAt(asking.service, 'port'), only)] : [],
	};
}

function stopped(asking: Asking, workload: KubeObject, found: KubeObject): Cause {
	const {what, ids, severity} = asking;
	const name = refText(refOf(workload));
	return {
		id: ids.stopped,
		resource: refOf(workload),
		path: 'spec.replicas',
		severity,
		hurts: [refOf(asking.object), refOf(found)],
		cause: {
			en: `${name} is scaled to nothing, and ${what.en} is asked there`,
			ko: `${name}의 레플리카가 0인데 ${what.ko}이(가) 거기에 묻습니다`,
		},
		evidence: [
			{source: name, detail: 'spec.replicas 0'},
			{source: refText(refOf(found)), detail: 'has no ready endpoint'},
			...changeEvidence(workload, ['spec', 'replicas']),
		],
		remedies: [
			{
				tool: 'workload_scale',
				input: {
					workload: `${workload.kind.toLowerCase()}/${workload.metadata.name}`,
					namespace: workload.metadata.namespace ?? 'default',
					replicas: 1,
				},
				side: 'workload',
				sure: true,
				text: {en: `Scale ${name} to 1`, ko: `${name}의 레플리카를 1로 늘립니다`},
			},
		],
	};
}

/** Why what the control plane asks at a Service gets no answer; nothing where somebody answers, or nobody can tell. */
export function askingCauses(asking: Asking, survey: Survey): readonly Cause[] {
	const [namespace, name] = [textAt(asking.service, 'namespace'), textAt(asking.service, 'name')];
	if (namespace === undefined || name === undefined || !survey.isRead('Service', namespace)) return [];
	const found = survey.find('Service', namespace, name);
	if (found === undefined) return [missing(asking, namespace, name, survey)];
	const port = numberAt(asking.service, 'port') ?? 443;
	if (!hasPort(found, port) && listAt(found, 'spec', 'ports').length > 0) return [wrongPort(asking, found, port)];
	// Services are read of all namespaces, and pods of the one that was asked for.
	if (survey.snapshot.namespace !== undefined && survey.snapshot.namespace !== namespace) return [];
	if (isServed(found, survey) !== false) return [];
	const workload = stoppedBehind(found, survey);
	if (workload !== undefined) return [stopped(asking, workload, found)];
	return [
		{
			id: asking.ids.served,
			resource: refOf(found),
			severity: asking.severity,
			hurts: [refOf(asking.object)],
			cause: {
				en: `${asking.what.en} is asked at ${refText(refOf(found))}, and nobody answers there`,
				ko: `${asking.what.ko}이(가) ${refText(refOf(found))}에 묻는데 대답할 파드가 없습니다`,
			},
			evidence: [{source: refText(refOf(found)), detail: 'has no ready endpoint'}],
			remedies: [],
		},
	];
}
