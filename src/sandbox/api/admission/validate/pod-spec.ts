import type {Json, JsonObject} from '../../../../core/json.ts';
import {isJsonObject} from '../../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {nanoUnits} from '../../../../core/kube/quantity.ts';
import {type Causes, duplicate, forbidden, inRange, invalidValue, nonNegative, notFound, required} from './causes.ts';
import {labelCauses} from './metadata.ts';
import {dnsLabel, nameProblems} from './names.ts';

/**
 * A pod's or a template's spec.
 * @param at its path, e.g. `spec.template.spec`
 * @param claims volumes that its pods have beside those of the spec
 */
export function podSpecCauses(spec: JsonObject, at: string, claims: readonly string[] = []): Causes {
	const volumes = listAt(spec, 'volumes').map(volume => textAt(volume, 'name') ?? '');
	const mountable = [...volumes, ...claims];
	const sources = listAt(spec, 'volumes').flatMap((volume, index) => sourceCauses(volume, `${at}.volumes[${index}]`));
	const containers = listAt(spec, 'containers').filter(isJsonObject);
	return [
		...volumeCauses(volumes, `${at}.volumes`),
		...sources,
		...(containers.length === 0 ? [required(`${at}.containers`)] : []),
		...containers.flatMap((container, index) => containerCauses(container, `${at}.containers[${index}]`, mountable)),
		...listAt(spec, 'initContainers')
			.filter(isJsonObject)
			.flatMap((container, index) => containerCauses(container, `${at}.initContainers[${index}]`, mountable)),
		...sameNames(spec, at),
		...labelCauses(objectAt(spec, 'nodeSelector'), `${at}.nodeSelector`),
		...inRange(`${at}.activeDeadlineSeconds`, spec.activeDeadlineSeconds, 1, 2_147_483_647),
	];
}

function volumeCauses(names: readonly string[], at: string): Causes {
	return names.flatMap((name, index) => {
		if (name === '') return [required(`${at}[${index}].name`)];
		const bad = nameProblems(name, dnsLabel).map(words => invalidValue(`${at}[${index}].name`, name, words));
		return names.indexOf(name) < index ? [...bad, duplicate(`${at}[${index}].name`, name)] : bad;
	});
}

// The order in which the server looks at what a volume is made of.
const volumeSources = [
	'emptyDir',
	'hostPath',
	'secret',
	'nfs',
	'persistentVolumeClaim',
	'downwardAPI',
	'configMap',
	'projected',
	'csi',
	'ephemeral',
];

/** A volume is made of one thing; every further one is refused. */
function sourceCauses(volume: Json, at: string): Causes {
	const [, ...more] = volumeSources.filter(source => valueAt(volume, source) !== undefined);
	return more.map(source => forbidden(`${at}.${source}`, 'may not specify more than 1 volume type'));
}

/** Names are unique over containers and init containers. */
function sameNames(spec: JsonObject, at: string): Causes {
	const seen = new Set<string>();
	return ['containers', 'initContainers'].flatMap(list =>
		listAt(spec, list).flatMap((container, index) => {
			const name = textAt(container, 'name') ?? '';
			if (name !== '' && seen.has(name)) return [duplicate(`${at}.${list}[${index}].name`, name)];
			seen.add(name);
			return [];
		}),
	);
}

function containerCauses(container: JsonObject, at: string, volumes: readonly string[]): Causes {
	const {name, image} = container;
	const nameCauses =
		typeof name !== 'string' || name === ''
			? [required(`${at}.name`)]
			: nameProblems(name, dnsLabel).map(words => invalidValue(`${at}.name`, name, words));
	const imageCauses =
		typeof image !== 'string' || image === ''
			? [required(`${at}.image`)]
			: image.trim() === image
				? []
				: [invalidValue(`${at}.image`, image, 'must not have leading or trailing whitespace')];
	return [
		...nameCauses,
		...imageCauses,
		...portCauses(container, `${at}.ports`),
		...listAt(container, 'env').flatMap((variable, index) => variableCauses(variable, `${at}.env[${index}]`)),
		...listAt(container, 'volumeMounts').flatMap((mount, index) => mountCauses(mount, `${at}.volumeMounts[${index}]`, volumes)),
		...['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap(probe => probeCauses(container[probe], `${at}.${probe}`)),
		...resourceCauses(objectAt(container, 'resources'), `${at}.resources`),
	];
}

function portCauses(container: JsonObject, at: string): Causes {
	return listAt(container, 'ports').flatMap((port, index) => {
		const number = valueAt(port, 'containerPort');
		const field = `${at}[${index}].containerPort`;
		return number === undefined || number === 0 ? [required(field)] : inRange(field, number, 1, 65_535);
	});
}

function variableCauses(variable: Json, at: string): Causes {
	const isGivenTwice = (textAt(variable, 'value') ?? '') !== '' && valueAt(variable, 'valueFrom') !== undefined;
	return [
		...((textAt(variable, 'name') ?? '') === '' ? [required(`${at}.name`)] : []),
		...(isGivenTwice ? [invalidValue(`${at}.valueFrom`, '', 'may not be specified when `value` is not empty')] : []),
	];
}

function mountCauses(mount: Json, at: string, volumes: readonly string[]): Causes {
	const name = textAt(mount, 'name') ?? '';
	const path = textAt(mount, 'mountPath') ?? '';
	return [
		...(name === '' ? [required(`${at}.name`)] : volumes.includes(name) ? [] : [notFound(`${at}.name`, name)]),
		...(path === '' ? [required(`${at}.mountPath`)] : []),
	];
}

function probeCauses(probe: Json | undefined, at: string): Causes {
	if (!isJsonObject(probe)) return [];
	const handlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'].filter(name => probe[name] !== undefined);
	const numbers = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'];
	return [
		...(handlers.length === 0 ? [required(at, 'must specify a handler type')] : []),
		...['httpGet', 'tcpSocket'].flatMap(name => inRange(`${at}.${name}.port`, valueAt(probe, name, 'port'), 1, 65_535)),
		...numbers.flatMap(name => nonNegative(`${at}.${name}`, probe[name])),
		...(at.endsWith('readinessProbe') || (probe.successThreshold ?? 1) === 1
			? []
			: [invalidValue(`${at}.successThreshold`, probe.successThreshold ?? null, 'must be 1')]),
	];
}

/** What is no quantity was refused before, when the object was read. */
const amountOf = (value: Json | undefined) => nanoUnits(String(value)) ?? 0n;

function resourceCauses(resources: JsonObject, at: string): Causes {
	const limits = objectAt(resources, 'limits');
	const amounts = ['limits', 'requests'].flatMap(kind =>
		Object.entries(objectAt(resources, kind)).flatMap(([name, value]) => [
			...(amountOf(value) < 0n ? [invalidValue(`${at}.${kind}[${name}]`, String(value), 'must be greater than or equal to 0')] : []),
			...resourceNameCauses(name, `${at}.${kind}[${name}]`),
		]),
	);
	const above = Object.entries(objectAt(resources, 'requests')).flatMap(([name, value]) => {
		const limit = limits[name];
		if (limit === undefined || amountOf(value) <= amountOf(limit)) return [];
		return [invalidValue(`${at}.requests`, String(value), `must be less than or equal to ${name} limit of ${String(limit)}`)];
	});
	return [...amounts, ...above];
}

/** A container has the standard resources and qualified ones, `example.com/gpu`. */
function resourceNameCauses(name: string, at: string): Causes {
	if (name.includes('/') || /^(cpu|memory|ephemeral-storage|hugepages-.+)$/.test(name)) return [];
	return ['must be a standard resource type or fully qualified', 'must be a standard resource for containers'].map(words =>
		invalidValue(at, name, words),
	);
}
