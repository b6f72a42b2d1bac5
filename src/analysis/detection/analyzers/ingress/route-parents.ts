import type {Json} from '../../../../core/json.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../../core/kube/selector.ts';
import {someOf} from '../../../../core/text/count.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {changedLast, changeEvidence, isChangedLater} from '../../../diagnosis/last-write.ts';
import {exchange, merge} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import type {Survey} from '../../survey.ts';

type Parent = {readonly route: KubeObject; readonly ref: Json; readonly index: number; readonly name: string; readonly namespace: string};

const parentsOf = (route: KubeObject): readonly Parent[] =>
	listAt(route, 'spec', 'parentRefs').flatMap((ref, index) => {
		const name = textAt(ref, 'name');
		const isGateway = (textAt(ref, 'kind') ?? 'Gateway') === 'Gateway';
		return name === undefined || !isGateway
			? []
			: [{route, ref, index, name, namespace: textAt(ref, 'namespace') ?? route.metadata.namespace ?? ''}];
	});

/** Another name in a field of the parent reference. */
function renameRemedy({route, index}: Parent, field: 'name' | 'sectionName', from: string, to: string | undefined): readonly Remedy[] {
	if (to === undefined) return [];
	const name = refText(refOf(route));
	return [
		exchange(route, [{path: ['spec', 'parentRefs', index, field], from, to}], {
			side: 'ingress',
			sure: true,
			text: {en: `Make ${name} belong to ${to}`, ko: `${name}가 ${to}에 속하게 합니다`},
		}),
	];
}

function lostGateway(parent: Parent, survey: Survey): Cause {
	const {route, name, namespace} = parent;
	const have = survey.all('Gateway', namespace).map(({metadata}) => metadata.name);
	const who = refText(refOf(route));
	return {
		id: 'route-parent-not-there',
		resource: refOf(route),
		path: `spec.parentRefs[${name}].name`,
		cause: {
			en: `${who} belongs to Gateway ${namespace}/${name}, which is not there (there is: ${someOf(have, 5) || 'none'})`,
			ko: `${who}가 속한 게이트웨이 ${namespace}/${name}이(가) 없습니다 (있는 것: ${someOf(have, 5) || '없음'})`,
		},
		evidence: [{source: who, detail: `spec.parentRefs ${namespace}/${name}`}, ...changeEvidence(route)],
		remedies: renameRemedy(parent, 'name', name, meantName(name, have) ?? (have.length === 1 ? have[0] : undefined)),
	};
}

function lostListener(parent: Parent, gateway: KubeObject, section: string): Cause {
	const {route, name} = parent;
	const have = listAt(gateway, 'spec', 'listeners').flatMap(each => textAt(each, 'name') ?? []);
	const isGateways = isChangedLater(gateway, route);
	const [who, above] = [refText(refOf(route)), refText(refOf(gateway))];
	return {
		id: 'route-parent-not-there',
		resource: refOf(isGateways ? gateway : route),
		path: isGateways ? 'spec.listeners' : `spec.parentRefs[${name}].sectionName`,
		hurts: [refOf(route)],
		cause: {
			en: `${who} belongs to listener ${section} of ${above}, which has ${someOf(have, 5) || 'none'}`,
			ko: `${who}가 속한 ${above}의 리스너 ${section}이(가) 없습니다 (있는 것: ${someOf(have, 5) || '없음'})`,
		},
		evidence: [
			{source: who, detail: `sectionName ${section}`},
			{source: above, detail: `listeners ${someOf(have, 5)}`},
			...changeEvidence(isGateways ? gateway : route),
		],
		remedies: renameRemedy(parent, 'sectionName', section, meantName(section, have) ?? (have.length === 1 ? have[0] : undefined)),
	};
}

/** Whether two hosts can be one: a wildcard stands for one step and more. */
function meet(one: string, other: string): boolean {
	if (one === other) return true;
	const under = (wide: string, host: string) => wide.startsWith('*.') && host.replace(/^\*/, '').endsWith(wide.slice(1));
	return under(one, other) || under(other, one);
}

type Refusal = {readonly field: string; readonly why: string};

/** Why a listener does not take a route; undefined where it does. */
function refusalOf(listener: Json, {route}: Parent, gateway: KubeObject, survey: Survey): Refusal | undefined {
	const kinds = listAt(listener, 'allowedRoutes', 'kinds').flatMap(each => textAt(each, 'kind') ?? []);
	if (kinds.length > 0 && !kinds.includes(route.kind)) return {field: 'allowedRoutes.kinds', why: `takes ${kinds.join(', ')} only`};
	const from = textAt(listener, 'allowedRoutes', 'namespaces', 'from') ?? 'Same';
	const own = route.metadata.namespace;
	if (from === 'Same' && own !== gateway.metadata.namespace)
		return {field: 'allowedRoutes.namespaces.from', why: 'takes routes of its own namespace only'};
	if (from === 'None') return {field: 'allowedRoutes.namespaces.from', why: 'takes no routes'};
	const labels = survey.find('Namespace', undefined, own ?? '')?.metadata.labels ?? {};
	if (
		from === 'Selector' &&
		survey.isRead('Namespace') &&
		!fitsSelector(valueAt(listener, 'allowedRoutes', 'namespaces', 'selector'), labels)
	)
		return {field: 'allowedRoutes.namespaces.selector', why: `wants labels that namespace ${own} does not have`};
	const host = textAt(listener, 'hostname');
	const hosts = listAt(route, 'spec', 'hostnames').filter(each => typeof each === 'string');
	if (host !== undefined && hosts.length > 0 && !hosts.some(each => meet(each, host))) return {field: 'hostname', why: `is for ${host}`};
	return undefined;
}

/** The labels that the namespace of a route lacks, given to it: only where they were there, or the namespace was changed last, that is sure. */
function labelRemedy(listener: Json, home: KubeObject, isLost: boolean): readonly Remedy[] {
	const labels = objectAt(listener, 'allowedRoutes', 'namespaces', 'selector', 'matchLabels');
	if (Object.keys(labels).length === 0) return [];
	const said = Object.entries(labels).map(([key, value]) => `${key}=${String(value)}`);
	return [
		merge(
			home,
			{metadata: {labels}},
			{
				side: 'settings',
				sure: isLost,
				text: {
					en: `Give namespace ${home.metadata.name} the label ${said.join(',')}`,
					ko: `네임스페이스 ${home.metadata.name}에 ${said.join(',')} 라벨을 붙입니다`,
				},
			},
		),
	];
}

function refused(parent: Parent, gateway: KubeObject, listener: Json, {field, why}: Refusal, survey: Survey): Cause {
	const {route} = parent;
	const home = survey.find('Namespace', undefined, route.metadata.namespace ?? '');
	const isByLabel = field === 'allowedRoutes.namespaces.selector' && home !== undefined;
	const last = changedLast([gateway, route, ...(isByLabel ? [home] : [])]);
	const isRoutes = field === 'hostname' && last !== gateway;
	const isHomes = isByLabel && last === home;
	const blamed = isHomes ? home : isRoutes ? route : gateway;
	const at = `spec.listeners[${textAt(listener, 'name') ?? 0}]`;
	const [who, above] = [refText(refOf(route)), refText(refOf(gateway))];
	return {
		id: 'route-not-allowed',
		resource: refOf(blamed),
		path: isHomes ? 'metadata.labels' : isRoutes ? 'spec.hostnames' : `${at}.${field}`,
		hurts: [refOf(route)],
		cause: {
			en: `Listener ${textAt(listener, 'name')} of ${above} ${why}, so it does not take ${who}`,
			ko: `${above}의 리스너 ${textAt(listener, 'name')}가 ${who}를 받지 않습니다 (${at}.${field})`,
		},
		evidence: [
			{source: above, detail: `${at}.${field}: ${why}`},
			{
				source: who,
				detail:
					field === 'hostname'
						? `spec.hostnames ${listAt(route, 'spec', 'hostnames').join(', ')}`
						: `namespace ${route.metadata.namespace}`,
			},
			...changeEvidence(blamed),
		],
		remedies: isByLabel ? labelRemedy(listener, home, isHomes) : [],
	};
}

function causesOf(parent: Parent, survey: Survey): readonly Cause[] {
	const {ref, name, namespace} = parent;
	if (!survey.isRead('Gateway', namespace)) return [];
	const gateway = survey.find('Gateway', namespace, name);
	if (gateway === undefined) return [lostGateway(parent, survey)];
	const section = textAt(ref, 'sectionName');
	const port = numberAt(ref, 'port');
	const all = listAt(gateway, 'spec', 'listeners');
	const asked = all.filter(
		each => (section === undefined || textAt(each, 'name') === section) && (port === undefined || numberAt(each, 'port') === port),
	);
	if (asked.length === 0) return section === undefined ? [] : [lostListener(parent, gateway, section)];
	const refusals = asked.map(listener => ({listener, refusal: refusalOf(listener, parent, gateway, survey)}));
	const [first] = refusals;
	// One listener that takes it is enough.
	if (first?.refusal === undefined || refusals.some(({refusal}) => refusal === undefined)) return [];
	return [refused(parent, gateway, first.listener, first.refusal, survey)];
}

/** What a controller says of a route that it does not take, or whose references it does not find. */
function saidCause(route: KubeObject): readonly Cause[] {
	const bad = listAt(route, 'status', 'parents')
		.flatMap(parent => listAt(parent, 'conditions'))
		.find(each => ['Accepted', 'ResolvedRefs'].includes(textAt(each, 'type') ?? '') && textAt(each, 'status') === 'False');
	if (bad === undefined) return [];
	const name = refText(refOf(route));
	const said = `${textAt(bad, 'reason') ?? ''}: ${textAt(bad, 'message') ?? ''}`;
	return [
		{
			id: 'route-refused',
			resource: refOf(route),
			path: 'status.parents',
			cause: {en: `${name} is not taken: ${said}`, ko: `${name}가 받아들여지지 않았습니다: ${said}`},
			evidence: [{source: name, detail: `condition ${textAt(bad, 'type')} is False: ${said}`}],
			remedies: [],
		},
	];
}

/** Whether routes of the Gateway API have a Gateway that takes them. */
export const routeParents = (survey: Survey): readonly Cause[] =>
	['HTTPRoute', 'GRPCRoute']
		.flatMap(kind => survey.all(kind))
		.flatMap(route => [...parentsOf(route).flatMap(parent => causesOf(parent, survey)), ...saidCause(route)]);
