import {isJsonObject, type Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {theOne} from '../../names/the-one.ts';
import type {Intent} from '../../understanding.ts';
import {givesOrder} from '../../words/mood/mood-of.ts';
import {hostOf} from '../../words/values.ts';
import {type Asking, allOf, type Question, question} from '../asking.ts';
import {changeAt} from '../change-at.ts';
import {type Edit, plannedEdit} from '../edit-targets.ts';
import {type BackendWords, backendWords, speaksOfLeading} from './backend-words.ts';

/** A path of an Ingress as it is now. */
type Route = {readonly host: string; readonly path: string; readonly service: string | undefined};

const routesOf = (ingress: KubeObject): readonly Route[] =>
	listAt(ingress, 'spec', 'rules').flatMap(rule =>
		listAt(rule, 'http', 'paths').map(path => ({
			host: textAt(rule, 'host') ?? '*',
			path: textAt(path, 'path') ?? '/',
			service: textAt(path, 'backend', 'service', 'name'),
		})),
	);

/** The routes that are meant: by host, by path, by the Service that they lead to now. */
function routesMeant(routes: readonly Route[], {host, path, old}: BackendWords): readonly Route[] {
	const ofHost = routes.filter(route => host === undefined || route.host === host);
	const ofPath = ofHost.filter(route => path === undefined || route.path === path);
	const ofOld = ofPath.filter(({service}) => old.some(({metadata}) => metadata.name === service));
	return ofOld.length > 0 ? ofOld : ofPath;
}

function portOf({clause}: Asking, service: KubeObject, said: number | undefined): number | Question {
	const numbers = listAt(service, 'spec', 'ports').flatMap(port => numberAt(port, 'port') ?? []);
	const [sole] = numbers;
	if (said !== undefined && numbers.includes(said)) return said;
	if (said === undefined && sole !== undefined && numbers.length === 1) return sole;
	const {name} = service.metadata;
	return question(
		clause,
		`Which port of Service ${name}: ${numbers.join(', ')}?`,
		`서비스 ${name}의 어느 포트인가요: ${numbers.join(', ')}?`,
	);
}

function withBackend(ingress: KubeObject, meant: readonly Route[], backend: Json): Json | undefined {
	const isMeant = (host: string, path: string) => meant.some(route => route.host === host && route.path === path);
	const rules = listAt(ingress, 'spec', 'rules').map(rule => {
		const host = textAt(rule, 'host') ?? '*';
		const paths = listAt(rule, 'http', 'paths').map(path =>
			isJsonObject(path) && isMeant(host, textAt(path, 'path') ?? '/') ? {...path, backend} : path,
		);
		return isJsonObject(rule) ? {...rule, http: {paths}} : rule;
	});
	return changeAt(ingress, ['spec', 'rules'], () => rules);
}

async function edited(asking: Asking, ingress: KubeObject): Promise<Edit | Question | undefined> {
	const services = await asking.world.objects('Service', ingress.metadata.namespace);
	const words = backendWords(asking.clause, ingress, services);
	const meant = routesMeant(routesOf(ingress), words);
	const [route, ...others] = meant;
	if (route === undefined) return undefined;
	const wanted = words.services.filter(({metadata}) => !meant.every(({service}) => service === metadata.name));
	const [service, ...more] = wanted;
	if (service === undefined || more.length > 0) return undefined;
	const {name} = ingress.metadata;
	if (others.length > 0 && new Set(meant.map(({path}) => path)).size > 1) {
		const paths = meant.map(({host, path}) => `${host}${path}`).join(', ');
		return question(asking.clause, `Which path of ${name}: ${paths}?`, `${name}의 어느 경로인가요: ${paths}?`);
	}
	const port = portOf(asking, service, words.port);
	if (typeof port !== 'number') return port;
	const target = service.metadata.name;
	return {after: withBackend(ingress, meant, {service: {name: target, port: {number: port}}}), told: `${route.path} → ${target}:${port}`};
}

/** The Ingress that is named, or the one that has a rule for the host. */
async function ingressIn({clause, world, talk}: Asking): Promise<KubeObject | undefined> {
	const hosts = clause.text
		.split(/[\s,;()]+/)
		.flatMap(raw => hostOf({raw: raw.replace(/[가-힣]+$/, '').replace(/[.:]+$/, '')})?.host ?? []);
	const all = await world.objects('Ingress');
	const ofHost = all.filter(each => listAt(each, 'spec', 'rules').some(rule => hosts.includes(textAt(rule, 'host') ?? '')));
	if (ofHost.length > 0) return ofHost.length === 1 ? ofHost[0] : undefined;
	if (!/\bingress\b|인그레스/i.test(clause.text)) return undefined;
	const found = await theOne(clause, world, ['Ingress'], talk);
	if (found.found === 'one') return found.object;
	// `the web ingress`: by the Service that it leads to.
	const [, english, korean] = /([\w-]+)(?:'s)? ingress\b|([\w-]+) ?인그레스/i.exec(clause.text) ?? [];
	const leading = all.filter(each => routesOf(each).some(({service}) => service === (english ?? korean)));
	return leading.length === 1 ? leading[0] : undefined;
}

/** Leads a path that an Ingress has to another Service. Read of the whole request: what stays (`/ stays on web`) is said in a sentence of its own. */
export const ingressBackend: Intent = {
	name: 'ingress backend',
	async understand(clause, world, talk) {
		if (!speaksOfLeading(clause) || !givesOrder(clause.text)) return undefined;
		const asking = {clause, world, talk};
		const ingress = await ingressIn(asking);
		const edit = ingress === undefined ? undefined : await edited(asking, ingress);
		if (ingress === undefined || edit === undefined) return undefined;
		return 'kind' in edit ? edit : allOf([plannedEdit(asking, ingress, edit)]);
	},
};
