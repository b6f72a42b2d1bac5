import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {someOf} from '../../../../core/text/count.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {lastApplied} from '../../../diagnosis/last-applied.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {type Exchange, exchange, merge} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import type {Survey} from '../../survey.ts';
import {isOfNginx} from './nginx-class.ts';

const annotation = 'nginx.ingress.kubernetes.io/canary';

const isCanary = ({metadata}: KubeObject) => metadata.annotations?.[annotation] === 'true';

/** `v2` is no slip of `v1`. */
const digitsOf = (text: string) => text.replaceAll(/\D/g, '');

type Route = {readonly host: string; readonly path: string; readonly at: Exchange['path']};

const routesOf = (ingress: KubeObject): readonly Route[] =>
	listAt(ingress, 'spec', 'rules').flatMap((rule, index) =>
		listAt(rule, 'http', 'paths').map((each, number) => ({
			host: textAt(rule, 'host') ?? '',
			path: textAt(each, 'path') ?? '/',
			at: ['spec', 'rules', index, 'http', 'paths', number],
		})),
	);

/** What was meant: no canary, as it was applied; the near host or path of a main one; or, for a person to say, that it is the main one itself. */
function remediesOf(ingress: KubeObject, {host, path, at}: Route, mains: readonly Route[]): readonly Remedy[] {
	const name = refText(refOf(ingress));
	const applied = lastApplied(ingress);
	const way = (sure: boolean, to: string | null): Remedy =>
		merge(
			ingress,
			{metadata: {annotations: {[annotation]: to}}},
			{
				side: 'ingress',
				sure,
				text: {en: `Make ${name} a main Ingress, and no canary`, ko: `${name}를 카나리가 아닌 주 Ingress로 합니다`},
			},
		);
	const former = textAt(applied, 'metadata', 'annotations', annotation);
	if (applied !== undefined && former !== 'true') return [way(true, former ?? null)];
	const hosts = [...new Set(mains.flatMap(each => (each.path === path ? [each.host] : [])))];
	const paths = [...new Set(mains.flatMap(each => (each.host === host ? [each.path] : [])))];
	const [otherHost, otherPath] = [paths.length > 0 ? undefined : meantName(host, hosts), meantName(path, paths)];
	const to = otherHost ?? otherPath;
	return [
		...(to === undefined
			? []
			: [
					exchange(
						ingress,
						[otherHost === undefined ? {path: [...at, 'path'], from: path, to} : {path: [...at.slice(0, 3), 'host'], from: host, to}],
						{
							side: 'ingress',
							sure: digitsOf(to) === digitsOf(otherHost === undefined ? path : host),
							text: {en: `Let ${name} take its part of ${to}`, ko: `${name}가 ${to}의 일부를 받게 합니다`},
						},
					),
				]),
		...(paths.length > 0 ? [] : [way(false, 'false')]),
	];
}

/**
 * Canaries take a part of what a main Ingress of the same host and path gets: without one the controller leaves them out.
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#canary
 */
export function loneCanaries(survey: Survey): readonly Cause[] {
	// The main one may lie in any namespace.
	if (survey.snapshot.namespace !== undefined || !survey.isRead('Ingress')) return [];
	const ofNginx = survey.all('Ingress').filter(ingress => isOfNginx(ingress, survey));
	const mains = ofNginx.filter(each => !isCanary(each)).flatMap(routesOf);
	return ofNginx.filter(isCanary).flatMap((ingress): readonly Cause[] => {
		const routes = routesOf(ingress);
		const lone = routes.filter(({host, path}) => !mains.some(each => each.host === host && each.path === path));
		const [first] = lone;
		// One that has a part of what it names does what it is for.
		if (first === undefined || lone.length < routes.length || mains.some(({host}) => host.startsWith('*.'))) return [];
		const [name, what] = [refText(refOf(ingress)), `${first.host}${first.path}`];
		const paths = mains.flatMap(({host, path}) => (host === first.host ? [path] : []));
		return [
			{
				id: 'canary-without-main',
				resource: refOf(ingress),
				path: paths.length > 0 ? `spec.rules[0].http.paths[${first.path}].path` : `metadata.annotations[${annotation}]`,
				cause: {
					en: `${name} is a canary of ${what}, and no main Ingress has ${paths.length > 0 ? 'that path' : 'that host'}: the controller leaves it out, and nobody is sent to its backend`,
					ko: `${name}는 ${what}의 카나리인데 주 Ingress가 없어 컨트롤러가 무시합니다`,
				},
				evidence: [
					{source: name, detail: `${annotation} true`},
					{
						source: 'Main Ingresses',
						detail:
							someOf(
								mains.map(({host, path}) => `${host}${path}`),
								5,
							) || 'none',
					},
					...changeEvidence(ingress),
				],
				remedies: remediesOf(ingress, first, mains),
			},
		];
	});
}
