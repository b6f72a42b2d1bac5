import type {Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {type DeclaredPort, declaredPorts} from '../../../coherence/workload-set.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changeEvidence, isChangedLater} from '../../../diagnosis/last-write.ts';
import {type Exchange, exchange} from '../../../diagnosis/patch-remedy.ts';
import {routingOf} from '../../routing.ts';
import type {Survey} from '../../survey.ts';

/** A port of a Service, the container port that it leads to, and the one that is its own by its name or number. */
type Led = {
	readonly port: Json;
	readonly index: number;
	readonly leads: DeclaredPort;
	readonly own: DeclaredPort;
	/** Its own is only what another port, which takes this one's place, leaves over. */
	readonly isLeft: boolean;
};

/** The one port of its kind; undefined where there is none, or several. */
const soleOf = (ports: readonly DeclaredPort[]): DeclaredPort | undefined =>
	new Set(ports.map(({number}) => number)).size === 1 ? ports[0] : undefined;

type Half = Pick<Led, 'port' | 'index' | 'leads'> & {readonly own: DeclaredPort | undefined};

/** Ports of which it is known where they lead. */
function halvesOf(service: KubeObject, declared: readonly DeclaredPort[]): readonly Half[] {
	return listAt(service, 'spec', 'ports').flatMap((port, index) => {
		const ofProtocol = declared.filter(each => each.protocol === (textAt(port, 'protocol') ?? 'TCP'));
		const target = valueAt(port, 'targetPort') ?? numberAt(port, 'port');
		const leads = soleOf(ofProtocol.filter(each => (typeof target === 'string' ? each.name === target : each.number === target)));
		const name = textAt(port, 'name');
		const byName = soleOf(ofProtocol.filter(each => name !== undefined && each.name === name));
		const own = byName ?? soleOf(ofProtocol.filter(each => each.number === numberAt(port, 'port')));
		return leads === undefined ? [] : [{port, index, leads, own}];
	});
}

const isStray = ({leads, own}: Half): boolean => own !== undefined && own.number !== leads.number;

/** Of ports that lead astray those that lead to each other's own: the rest may be meant so, as where a load balancer ends TLS before a plain port. */
function roundOf(strays: readonly Led[]): readonly Led[] {
	const round = strays.filter(
		one =>
			strays.some(({own}) => own.number === one.leads.number) && strays.filter(({leads}) => leads.number === one.own.number).length === 1,
	);
	return round.length === strays.length ? round : roundOf(round);
}

/** Two ports of which one leads to the other's own, and the other to one that nobody claims: `web` to metrics, and `metrics` to 8080. */
function leftOver(halves: readonly Half[]): readonly Led[] {
	const [one, other] = halves;
	if (halves.length !== 2 || one === undefined || other === undefined) return [];
	const [known, rest] = one.own === undefined ? [other, one] : [one, other];
	if (rest.own !== undefined || known.own === undefined || !isStray(known) || rest.leads.number !== known.own.number) return [];
	return [
		{...known, own: known.own, isLeft: false},
		{...rest, own: known.leads, isLeft: true},
	].toSorted((a, b) => a.index - b.index);
}

function crossedIn(service: KubeObject, workload: KubeObject): readonly Led[] {
	const halves = halvesOf(service, declaredPorts(podSpecOf(workload)));
	const strays = halves.flatMap(half => (half.own !== undefined && isStray(half) ? [{...half, own: half.own, isLeft: false}] : []));
	const round = roundOf(strays);
	return round.length > 0 ? round : leftOver(halves);
}

const shown = ({name, number}: DeclaredPort) => (name === '' ? String(number) : `${name} (${number})`);
const nameOf = ({port}: Led) => textAt(port, 'name') ?? String(numberAt(port, 'port'));

/** Its own port, by name where the Service names ports so. */
function exchangeOf({port, index, own}: Led): Exchange {
	const from = valueAt(port, 'targetPort');
	return {path: ['spec', 'ports', index, 'targetPort'], from, to: typeof from === 'string' && own.name !== '' ? own.name : own.number};
}

function crossedCause(service: KubeObject, workload: KubeObject, crossed: readonly Led[]): Cause {
	const [name, who] = [refText(refOf(service)), refText(refOf(workload))];
	const first = crossed[0];
	const isSure = crossed.every(({isLeft}) => !isLeft) && !isChangedLater(workload, service);
	return {
		id: 'service-ports-crossed',
		resource: refOf(service),
		path: `spec.ports[${first === undefined ? 0 : nameOf(first)}].targetPort`,
		hurts: [refOf(workload)],
		cause: {
			en: `Ports of ${name} lead to each other's ports of ${who}: ${crossed.map(each => `${nameOf(each)} to ${shown(each.leads)}`).join(', ')}`,
			ko: `${name}의 포트가 ${who}의 서로 다른 포트로 엇갈려 있습니다: ${crossed.map(each => `${nameOf(each)} → ${shown(each.leads)}`).join(', ')}`,
		},
		evidence: [
			...crossed.slice(0, 4).map(each => ({
				source: name,
				detail: `port ${nameOf(each)} leads to ${shown(each.leads)}, and ${shown(each.own)} is there`,
			})),
			...changeEvidence(service),
		],
		remedies: [
			exchange(service, crossed.map(exchangeOf), {
				side: 'service',
				sure: isSure,
				text: {
					en: `Lead ${crossed.map(each => `${nameOf(each)} of ${name} to ${shown(each.own)}`).join(', ')}`,
					ko: `${name}의 포트를 바로 잇습니다: ${crossed.map(each => `${nameOf(each)} → ${shown(each.own)}`).join(', ')}`,
				},
			}),
		],
	};
}

/** Services whose ports have changed places: each has somebody who listens, and callers of one are answered by the other. */
export function crossedPorts(survey: Survey): readonly Cause[] {
	const {behind} = routingOf(survey);
	return survey.all('Service').flatMap(service => {
		if (listAt(service, 'spec', 'ports').length < 2) return [];
		const all = behind(service).filter(({kind}) => kind !== 'Pod');
		const [first] = all;
		if (first === undefined) return [];
		const crossed = crossedIn(service, first);
		// Where another track of the application has it as the Service says, its ports are what differs.
		return crossed.length === 0 || all.some(each => crossedIn(service, each).length !== crossed.length)
			? []
			: [crossedCause(service, first, crossed)];
	});
}
