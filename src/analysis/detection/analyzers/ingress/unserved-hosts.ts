import {coversHost} from '../../../../core/kube/certificate.ts';
import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {nearestNames} from '../../../../core/text/nearest-names.ts';
import {backendsOf} from '../../../diagnosis/case.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {hostsIn} from '../../mentions/host-names.ts';
import {routingOf} from '../../routing.ts';
import {factsOf} from '../../secret-facts.ts';
import type {Survey} from '../../survey.ts';

const hostsOfRules = (ingress: KubeObject) => listAt(ingress, 'spec', 'rules').flatMap(rule => textAt(rule, 'host') ?? []);

type Shown = {readonly host: string; readonly secret: string};

const shownHosts = (ingress: KubeObject): readonly Shown[] =>
	listAt(ingress, 'spec', 'tls').flatMap(entry =>
		listAt(entry, 'hosts').flatMap(host => (typeof host === 'string' ? [{host, secret: textAt(entry, 'secretName') ?? ''}] : [])),
	);

/** How long the shorter of two steps is that differ by little, where nothing else does: `shop.exmaple.com` and `shop.example.com`. Undefined for other names. */
function slipOf(one: string, other: string): number | undefined {
	const [steps, others] = [one.split('.'), other.split('.')];
	const apart = steps.flatMap((step, index) => (step === others[index] ? [] : [[step, others[index] ?? ''] as const]));
	const [[mine, its] = ['', '']] = apart;
	if (steps.length !== others.length || apart.length !== 1 || nearestNames(mine, [its]).length === 0) return undefined;
	// Numbers and short words count things apart: shop-1 and shop-2, eu and us.
	const least = Math.min(mine.length, its.length);
	return mine.replace(/\d/g, '') === its.replace(/\d/g, '') || least < 3 ? undefined : least;
}

/** Words of so few letters may be two things: app and api. */
const isLong = (letters: number | undefined) => letters !== undefined && letters > 4;

/** What programs call the address under which the world reaches them. */
const isOwnAddress = (name: string) =>
	/(?:^|_)(?:(?:public|external|canonical|base|site|root)_?(?:url|host|hostname|domain)|server_?name|hostname|domain)$/i.test(name) &&
	!/api|auth|cdn|asset|static|cookie/i.test(name);

/** Hosts under which the programs behind an Ingress believe to be reached. */
const believedHosts = (ingress: KubeObject, survey: Survey): readonly string[] =>
	backendsOf(ingress)
		.flatMap(({service}) => survey.find('Service', ingress.metadata.namespace, service) ?? [])
		.flatMap(service => routingOf(survey).behind(service))
		.flatMap(workload => listAt(podSpecOf(workload), 'containers'))
		.flatMap(container => listAt(container, 'env'))
		.flatMap(each => {
			const [name = '', value = ''] = [textAt(each, 'name'), textAt(each, 'value')];
			return isOwnAddress(name) ? hostsIn(value, name).map(({host}) => host) : [];
		});

/** The host that a rule was meant for. */
type Meant = {readonly host: string; readonly isSure: boolean; readonly told: string};

function meantHost(host: string, ingress: KubeObject, served: ReadonlySet<string>, survey: Survey): Meant | undefined {
	const shown = shownHosts(ingress);
	if (shown.some(each => coversHost([each.host], host))) return undefined;
	const believed = believedHosts(ingress, survey).filter(each => !served.has(each));
	const near = shown.filter(each => slipOf(host, each.host) !== undefined && !served.has(each.host));
	const [other] = near;
	if (other !== undefined && near.length === 1) {
		const secret = survey.find('Secret', ingress.metadata.namespace, other.secret);
		const names = secret === undefined ? [] : (factsOf(secret)?.certificates[0]?.names ?? []);
		// A certificate that is for the rule's host alone says that the other side slipped, and that is told of it.
		if (coversHost(names, host) && !coversHost(names, other.host)) return undefined;
		const isSure =
			believed.includes(other.host) || (isLong(slipOf(host, other.host)) && coversHost(names, other.host) && !coversHost(names, host));
		return {host: other.host, isSure, told: `spec.tls shows a certificate for ${other.host}, which no rule serves`};
	}
	if (shown.length > 0 || believed.includes(host)) return undefined;
	const [own, ...more] = [...new Set(believed.filter(each => isLong(slipOf(host, each))))];
	return own === undefined || more.length > 0 ? undefined : {host: own, isSure: false, told: `the program behind it calls itself ${own}`};
}

function slipCause(ingress: KubeObject, index: number, host: string, meant: Meant): Cause {
	const name = refText(refOf(ingress));
	return {
		id: 'ingress-host-slip',
		resource: refOf(ingress),
		path: `spec.rules[${host}].host`,
		severity: meant.isSure ? 'high' : 'medium',
		cause: {
			en: `${name} serves ${host}, and nobody serves ${meant.host}: ${meant.told}`,
			ko: `${name}의 규칙은 ${host}인데 ${meant.host}을(를) 받는 규칙이 없습니다`,
		},
		evidence: [{source: name, detail: `rule for ${host}`}, {source: name, detail: meant.told}, ...changeEvidence(ingress)],
		remedies: [
			exchange(ingress, [{path: ['spec', 'rules', index, 'host'], from: host, to: meant.host}], {
				side: 'ingress',
				sure: meant.isSure,
				text: {en: `Make ${name} serve ${meant.host}`, ko: `${name}가 ${meant.host}을(를) 받게 합니다`},
			}),
		],
	};
}

/** Rules of Ingresses for a host that nobody asks for, by a slip of the pen: their own certificates, or the programs behind them, say another. */
export function unservedHosts(survey: Survey): readonly Cause[] {
	const ingresses = survey.all('Ingress');
	const served = new Set(ingresses.flatMap(hostsOfRules));
	return ingresses.flatMap(ingress =>
		listAt(ingress, 'spec', 'rules').flatMap((rule, index) => {
			const host = textAt(rule, 'host');
			const meant = host === undefined ? undefined : meantHost(host, ingress, served, survey);
			return host === undefined || meant === undefined ? [] : [slipCause(ingress, index, host, meant)];
		}),
	);
}
