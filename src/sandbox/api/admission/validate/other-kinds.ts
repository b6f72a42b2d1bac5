import type {Json, JsonObject} from '../../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {sameJson} from '../../../same-json.ts';
import {type Causes, duplicate, inRange, invalidValue, nonNegative, required} from './causes.ts';
import {configKey, dnsLabel, nameProblems, percentage} from './names.ts';

const keys = (object: KubeObject, field: string): Causes =>
	Object.keys(objectAt(object, field)).flatMap(key =>
		nameProblems(key, configKey).map(words => invalidValue(`${field}[${key}]`, key, words)),
	);

function service(object: KubeObject): Causes {
	const ports = listAt(object, 'spec', 'ports');
	const type = textAt(object, 'spec', 'type');
	const isHeadless = textAt(object, 'spec', 'clusterIP') === 'None';
	const names = ports.map(port => textAt(port, 'name') ?? '');
	return [
		...(ports.length === 0 && type !== 'ExternalName' && !isHeadless ? [required('spec.ports')] : []),
		...(type === 'ExternalName' && !textAt(object, 'spec', 'externalName') ? [required('spec.externalName')] : []),
		...ports.flatMap((port, index) => [
			...portName(names, index),
			...samePort(ports, index),
			...inRange(`spec.ports[${index}].port`, valueAt(port, 'port') ?? 0, 1, 65_535),
			...inRange(`spec.ports[${index}].targetPort`, valueAt(port, 'targetPort'), 1, 65_535),
		]),
	];
}

/** One number for each protocol. */
function samePort(ports: readonly Json[], index: number): Causes {
	const key = (port: Json | undefined) => ({Protocol: textAt(port, 'protocol') ?? 'TCP', Port: valueAt(port, 'port') ?? 0});
	const own = key(ports[index]);
	if (!ports.slice(0, index).some(port => sameJson(key(port), own))) return [];
	return [
		duplicate(`spec.ports[${index}]`, {
			Name: '',
			Protocol: own.Protocol,
			AppProtocol: null,
			Port: own.Port,
			TargetPort: 0,
			NodePort: 0,
		}),
	];
}

function portName(names: readonly string[], index: number): Causes {
	const name = names[index] ?? '';
	const field = `spec.ports[${index}].name`;
	if (name === '') return names.length > 1 ? [required(field)] : [];
	if (names.indexOf(name) < index) return [duplicate(field, name)];
	return nameProblems(name, dnsLabel).map(words => invalidValue(field, name, words));
}

function disruptionBudget(object: KubeObject): Causes {
	const spec = objectAt(object, 'spec');
	const {minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy = null} = spec;
	if (minAvailable !== undefined && maxUnavailable !== undefined) {
		const shown: JsonObject = {
			MinAvailable: minAvailable,
			Selector: selector ?? null,
			MaxUnavailable: maxUnavailable,
			UnhealthyPodEvictionPolicy: unhealthyPodEvictionPolicy,
		};
		return [invalidValue('spec', shown, 'minAvailable and maxUnavailable cannot be both set')];
	}
	return [...amount('spec.minAvailable', minAvailable), ...amount('spec.maxUnavailable', maxUnavailable)];
}

/** A count or a percentage. */
function amount(field: string, value: JsonObject[string]): Causes {
	if (typeof value !== 'string') return nonNegative(field, value);
	const bad = nameProblems(value, percentage).map(words => invalidValue(field, value, words));
	return bad.length === 0 && Number.parseInt(value, 10) > 100 ? [invalidValue(field, value, 'must not be greater than 100%')] : bad;
}

function autoscaler(object: KubeObject): Causes {
	const [low, high] = [valueAt(object, 'spec', 'minReplicas'), valueAt(object, 'spec', 'maxReplicas')];
	const isLow = typeof low === 'number' && low < 1;
	const isSwapped = typeof low === 'number' && typeof high === 'number' && high < low;
	return [
		...(isLow ? [invalidValue('spec.minReplicas', low, 'must be greater than or equal to 1')] : []),
		...(typeof high === 'number' && high < 1 ? [required('spec.maxReplicas', 'must be set and greater than 0')] : []),
		...(isSwapped ? [invalidValue('spec.maxReplicas', high, 'must be greater than or equal to `minReplicas`')] : []),
		...(textAt(object, 'spec', 'scaleTargetRef', 'name') ? [] : [required('spec.scaleTargetRef.name')]),
	];
}

function volumeClaim(object: KubeObject): Causes {
	const size = valueAt(object, 'spec', 'resources', 'requests', 'storage');
	return [
		...(listAt(object, 'spec', 'accessModes').length === 0 ? [required('spec.accessModes', 'at least 1 access mode is required')] : []),
		...(size === undefined ? [required('spec.resources[storage]')] : []),
	];
}

/** Checks by kind, beside those of workloads. */
export const otherChecks: {readonly [kind: string]: (object: KubeObject) => Causes} = {
	ConfigMap: object => [...keys(object, 'data'), ...keys(object, 'binaryData')],
	Secret: object => keys(object, 'data'),
	Service: service,
	PodDisruptionBudget: disruptionBudget,
	HorizontalPodAutoscaler: autoscaler,
	PersistentVolumeClaim: volumeClaim,
};
