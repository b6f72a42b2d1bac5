import {isJsonObject, type Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Intent, Understanding} from '../../understanding.ts';
import {isWord, spoken} from '../../words/spoken.ts';
import {hostOf, isPath} from '../../words/values.ts';
import {type Asking, allOf, type Question, question} from '../asking.ts';
import {changeAt} from '../change-at.ts';
import {type Edit, editTargets, plannedEdit} from '../edit-targets.ts';

type Route = {readonly path: string; readonly pathType: string; readonly backend: Json};

const removing = 'remove delete drop take 제거 삭제 지우 빼 없애';

/** The Service of the namespace that the clause names: the word behind "service" first. */
function serviceIn({clause}: Asking, services: readonly KubeObject[]): KubeObject | undefined {
	const {words} = clause;
	const named = (text: string | undefined) => services.find(({metadata}) => metadata.name === text);
	const beside = words.flatMap((word, at) =>
		isWord(word, 'service') || isWord(word, '서비스') ? [named(words[at + 1]?.text), named(words[at - 1]?.text)] : [],
	);
	return beside.find(service => service !== undefined) ?? words.map(({text}) => named(text)).find(service => service !== undefined);
}

function portOf({clause}: Asking, service: KubeObject): Json | undefined {
	const said = /\bport\s*:?\s*(\d+)|포트\s*:?\s*(\d+)|:(\d{2,5})\b|(\d{2,5})\s*(?:번\s*)?(?:port|포트)|\bon\s+(\d{2,5})\b/i
		.exec(clause.text)
		?.slice(1)
		.find(group => group !== undefined);
	const ports = listAt(service, 'spec', 'ports');
	const sole = ports.length === 1 ? numberAt(ports[0], 'port') : undefined;
	const number = said === undefined ? sole : Number(said);
	return number === undefined ? undefined : {number};
}

const withRoute = (paths: readonly Json[], route: Route): readonly Json[] => {
	const isIt = (path: Json) => textAt(path, 'path') === route.path;
	return paths.some(isIt)
		? paths.map(path => (isIt(path) && isJsonObject(path) ? {...path, backend: route.backend} : path))
		: [...paths, route];
};

/** The rules with one changed; a host without a rule gets one. */
function withRule(rules: readonly Json[], host: string | undefined, change: (paths: readonly Json[]) => readonly Json[]): readonly Json[] {
	const isIt = (rule: Json) => host === undefined || textAt(rule, 'host') === host;
	if (!rules.some(isIt)) return [...rules, {...(host === undefined ? {} : {host}), http: {paths: change([])}}];
	return rules.map(rule => (isIt(rule) && isJsonObject(rule) ? {...rule, http: {paths: change(listAt(rule, 'http', 'paths'))}} : rule));
}

async function edited(asking: Asking, ingress: KubeObject): Promise<Edit | Question | undefined> {
	const {clause, world} = asking;
	const path = clause.words.find(isPath)?.raw;
	if (path === undefined) return undefined;
	const {name} = ingress.metadata;
	const rules = listAt(ingress, 'spec', 'rules');
	const host = clause.words.map(hostOf).find(found => found !== undefined)?.host;
	if (host === undefined && rules.length > 1) {
		const hosts = rules.map(rule => textAt(rule, 'host') ?? '*').join(', ');
		return question(clause, `For which host of ${name}: ${hosts}?`, `${name}의 어느 호스트인가요: ${hosts}?`);
	}
	const change = (paths: (before: readonly Json[]) => readonly Json[]) =>
		changeAt(ingress, ['spec', 'rules'], () => withRule(rules, host, paths));
	if (spoken(clause, removing)) return {after: change(before => before.filter(one => textAt(one, 'path') !== path)), told: `-${path}`};
	const services = await world.objects('Service', ingress.metadata.namespace);
	const service = serviceIn(asking, services);
	const port = service === undefined ? undefined : portOf(asking, service);
	if (service === undefined || port === undefined)
		return question(
			clause,
			`To which Service and port of ${ingress.metadata.namespace} should ${path} lead?`,
			`${path}을(를) ${ingress.metadata.namespace}의 어느 서비스, 어느 포트로 보낼까요?`,
		);
	const pathType = /\bexact\b|정확히/i.test(clause.text) ? 'Exact' : 'Prefix';
	const backend = {service: {name: service.metadata.name, port}};
	return {after: change(before => withRoute(before, {path, pathType, backend})), told: `${path} → ${service.metadata.name}`};
}

/** `send /reviews on shop.example.com to reviews`: the one Ingress that has a rule for the host. */
async function byHost(asking: Asking): Promise<Understanding | undefined> {
	const host = asking.clause.words.map(hostOf).find(found => found !== undefined)?.host;
	const all = host === undefined ? [] : await asking.world.objects('Ingress');
	const [ingress, ...others] = all.filter(each => listAt(each, 'spec', 'rules').some(rule => textAt(rule, 'host') === host));
	if (ingress === undefined || others.length > 0) return undefined;
	const edit = await edited(asking, ingress);
	if (edit === undefined) return undefined;
	return 'kind' in edit ? edit : allOf([plannedEdit(asking, ingress, edit)]);
}

/** Adds, changes and removes paths of an Ingress that exists. */
export const ingressIntent: Intent = {
	name: 'ingress',
	async understand(clause, world, talk) {
		if (!spoken(clause, `add route send put point change set ${removing} 추가 넣 연결 보내 바꾸 변경 라우팅 붙이`)) return undefined;
		if (!clause.words.some(isPath)) return undefined;
		const asking = {clause, world, talk};
		return (await editTargets(asking, ['Ingress'], object => edited(asking, object))) ?? byHost(asking);
	},
};
