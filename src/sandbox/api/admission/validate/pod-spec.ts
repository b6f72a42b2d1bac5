import type {Json, JsonObject} from '../../../../core/json.ts';
import {isJsonObject} from '../../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {quantityValue} from '../../decode/quantity.ts';
import {type Causes, duplicate, inRange, invalidValue, nonNegative, notFound, required} from './causes.ts';
import {dnsLabel, nameProblems} from './names.ts';

/** A pod's or a template's spec. @param at its path, e.g. `spec.template.spec` */
export function podSpecCauses(spec: JsonObject, at: string): Causes {
	const volumes = listAt(spec, 'volumes').map(volume => textAt(volume, 'name') ?? '');
	const containers = listAt(spec, 'containers').filter(isJsonObject);
	return [
		...volumeCauses(volumes, `${at}.volumes`),
		...(containers.length === 0 ? [required(`${at}.containers`)] : []),
		...containers.flatMap((container, index) => containerCauses(container, `${at}.containers[${index}]`, volumes)),
		...listAt(spec, 'initContainers')
			.filter(isJsonObject)
			.flatMap((container, index) => containerCauses(container, `${at}.initContainers[${index}]`, volumes)),
		...sameNames(spec, at),
		...nonNegative(`${at}.terminationGracePeriodSeconds`, spec.terminationGracePeriodSeconds),
	];
}

function volumeCauses(names: readonly string[], at: string): Causes {
	return names.flatMap((name, index) => {
		if (name === '') return [required(`${at}[${index}].name`)];
		const bad = nameProblems(name, dnsLabel).map(words => invalidValue(`${at}[${index}].name`, name, words));
		return names.indexOf(name) < index ? [...bad, duplicate(`${at}[${index}].name`, name)] : bad;
	});
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
		...numbers.flatMap(name => nonNegative(`${at}.${name}`, probe[name])),
	];
}

function resourceCauses(resources: JsonObject, at: string): Causes {
	const limits = objectAt(resources, 'limits');
	const amounts = ['limits', 'requests'].flatMap(kind =>
		Object.entries(objectAt(resources, kind)).flatMap(([name, value]) =>
			quantityValue(String(value)) < 0 ? [invalidValue(`${at}.${kind}[${name}]`, String(value), 'must be greater than or equal to 0')] : [],
		),
	);
	const above = Object.entries(objectAt(resources, 'requests')).flatMap(([name, value]) => {
		const limit = limits[name];
		if (limit === undefined || quantityValue(String(value)) <= quantityValue(String(limit))) return [];
		return [invalidValue(`${at}.requests`, String(value), `must be less than or equal to ${name} limit of ${String(limit)}`)];
	});
	return [...amounts, ...above];
}
