import {objectAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {lastApplied} from '../../../diagnosis/last-applied.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import type {Survey} from '../../survey.ts';
import {isOfNginx} from './nginx-class.ts';

/**
 * Annotations of ingress-nginx that name a Secret, as `name` or `namespace/name`: without it every request is refused.
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
 */
const naming = ['auth-secret', 'auth-tls-secret', 'proxy-ssl-secret'].map(name => `nginx.ingress.kubernetes.io/${name}`);

/** The Secret that was meant: that of before, the only near one, or that of the same name in the namespace of the Ingress. */
function meantSecret(annotation: string, {namespace, name}: {namespace: string; name: string}, ingress: KubeObject, survey: Survey) {
	const own = ingress.metadata.namespace ?? '';
	const former = objectAt(lastApplied(ingress), 'metadata', 'annotations')[annotation];
	const isThere = (text: unknown) => typeof text === 'string' && survey.find('Secret', ...placeOf(text, own)) !== undefined;
	if (typeof former === 'string' && isThere(former)) return former;
	if (namespace !== own && isThere(name)) return `${own}/${name}`;
	const near = meantName(
		name,
		survey.all('Secret', namespace).map(({metadata}) => metadata.name),
	);
	return near === undefined ? undefined : namespace === own ? near : `${namespace}/${near}`;
}

const placeOf = (text: string, own: string): [string, string] => {
	const [first = '', second] = text.split('/');
	return second === undefined ? [own, first] : [first, second];
};

function lostSecret(annotation: string, ingress: KubeObject, survey: Survey): readonly Cause[] {
	const text = ingress.metadata.annotations?.[annotation] ?? '';
	const [namespace, name] = placeOf(text, ingress.metadata.namespace ?? '');
	if (name === '' || !survey.isRead('Secret', namespace) || survey.find('Secret', namespace, name) !== undefined) return [];
	const meant = meantSecret(annotation, {namespace, name}, ingress, survey);
	const who = refText(refOf(ingress));
	return [
		{
			id: 'ingress-secret-not-there',
			resource: refOf(ingress),
			path: `metadata.annotations[${annotation}]`,
			lacks: `Secret ${namespace}/${name}`,
			cause: {
				en: `${who} needs Secret ${name} of namespace ${namespace} (${annotation}), which is not there: ingress-nginx refuses every request`,
				ko: `${who}에 필요한 네임스페이스 ${namespace}의 시크릿 ${name}(${annotation})이(가) 없어 ingress-nginx가 모든 요청을 거부합니다`,
			},
			evidence: [{source: who, detail: `metadata.annotations[${annotation}] ${text}`}, ...changeEvidence(ingress)],
			remedies:
				meant === undefined
					? []
					: [
							exchange(ingress, [{path: ['metadata', 'annotations', annotation], from: text, to: meant}], {
								side: 'ingress',
								// Who may come in is said by the Secret: a near name may let others in.
								sure: meant === objectAt(lastApplied(ingress), 'metadata', 'annotations')[annotation],
								text: {en: `Let ${who} take Secret ${meant}`, ko: `${who}가 시크릿 ${meant}을(를) 쓰게 합니다`},
							}),
						],
			noRemedy: {en: 'Who may come in only its owner knows', ko: '누구를 들일지는 담당자만 압니다'},
		},
	];
}

/** Secrets that Ingresses of ingress-nginx name in annotations, and that are not there. */
export const annotatedSecrets = (survey: Survey): readonly Cause[] =>
	survey.all('Ingress').flatMap(ingress => {
		const named = naming.filter(annotation => ingress.metadata.annotations?.[annotation] !== undefined);
		return named.length > 0 && isOfNginx(ingress, survey) ? named.flatMap(annotation => lostSecret(annotation, ingress, survey)) : [];
	});
