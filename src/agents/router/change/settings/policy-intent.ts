import {isJsonObject, type Json, type JsonObject} from '../../../../core/json.ts';
import {listAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {podLabelsOf} from '../../../deploy/objects/services/service-for.ts';
import type {Clause} from '../../clause.ts';
import {type PeerWish, peerOf} from '../../create/manifests/policy.ts';
import type {Intent} from '../../understanding.ts';
import {spoken} from '../../words/spoken.ts';
import {pairsIn} from '../../words/values.ts';
import {type Asking, type Question, question} from '../asking.ts';
import {changeAt} from '../change-at.ts';
import type {Edit} from '../edit-targets.ts';
import {plainText} from '../plain-text.ts';
import {editCalled} from './edit-called.ts';

const kind = 'NetworkPolicy';
const workloads = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;
const removing = 'remove drop delete take_out shut_out no_longer not stop block deny forbid exclude close 제거 삭제 빼 없애 막 차단 끊 닫';

type Port = {readonly port: number; readonly protocol: 'TCP' | 'UDP'};

/** The ports that a clause speaks of. */
function portsIn(clause: Clause): readonly Port[] {
	const text = plainText(clause).replace(/\d+(?:\.\d+){3}(?:\/\d+)?/g, ' ');
	const protocol = /\budp\b/.test(text) ? 'UDP' : 'TCP';
	return [...text.matchAll(/(?<![\w.:/-])(\d{2,5})(?:\/(tcp|udp))?(?![\w.]*[a-z]|\.\d)/g)].map(([, digits, own]) => ({
		port: Number(digits),
		protocol: own === undefined ? protocol : own === 'udp' ? 'UDP' : 'TCP',
	}));
}

/** Whom a clause speaks of beside the policy: addresses, labels, workloads and namespaces. */
async function peersIn({clause, world}: Asking, policy: KubeObject): Promise<readonly PeerWish[]> {
	const blocks = [...clause.text.matchAll(/\b\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?\b/g)].map(([block]) => ({
		cidr: block.includes('/') ? block : `${block}/32`,
		except: [],
	}));
	const pairs = pairsIn(clause).map(({key, value}) => ({pods: {[key]: value}}));
	const {name, namespace} = policy.metadata;
	const words = clause.words.map(({raw}) => raw).filter(raw => raw !== name);
	const spaces = (await world.namespaces()).filter(space => space !== namespace && words.includes(space));
	const all = (await Promise.all(workloads.map(each => world.objects(each)))).flat();
	const named = all.filter(
		({metadata}) =>
			words.includes(metadata.name) &&
			!spaces.includes(metadata.name) &&
			(spaces.length === 0 || spaces.includes(metadata.namespace ?? '') || metadata.namespace === namespace),
	);
	const pods = named.map(workload => ({
		pods: podLabelsOf(workload),
		...(workload.metadata.namespace === namespace ? {} : {namespace: workload.metadata.namespace}),
	}));
	const whole = spaces.filter(space => !named.some(({metadata}) => metadata.namespace === space));
	return [...blocks, ...pairs, ...pods, ...whole.map(space => ({namespace: space}))];
}

const same = (one: Json | undefined, other: Json | undefined) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
const samePort = (one: Json, {port, protocol}: Port) => isJsonObject(one) && one.port === port && (one.protocol ?? 'TCP') === protocol;
const without = (list: readonly Json[], gone: readonly Json[]) => list.filter(one => !gone.some(other => same(one, other)));
const joined = (list: readonly Json[], more: readonly Json[]) => [...list, ...without(more, list)];

/** The rules with the peers and ports: added to the only rule that has these ports, or these peers, else as a rule of their own. */
function opened(rules: readonly Json[], side: 'from' | 'to', peers: readonly JsonObject[], ports: readonly Port[]): readonly Json[] {
	const hasPorts = (rule: Json) => ports.every(port => listAt(rule, 'ports').some(one => samePort(one, port)));
	const [at, ...others] = rules.flatMap((rule, index) => (peers.length === 0 || ports.length === 0 || hasPorts(rule) ? [index] : []));
	const rule = at === undefined ? undefined : rules[at];
	if (at === undefined || others.length > 0 || !isJsonObject(rule))
		return [...rules, {...(peers.length === 0 ? {} : {[side]: peers}), ...(ports.length === 0 ? {} : {ports})}];
	const wider = {
		...rule,
		...(peers.length === 0 ? {} : {[side]: joined(listAt(rule, side), peers)}),
		...(peers.length > 0 || ports.length === 0
			? {}
			: {ports: [...listAt(rule, 'ports'), ...ports.filter(port => !listAt(rule, 'ports').some(one => samePort(one, port)))]}),
	};
	return rules.with(at, wider);
}

/** The rules without the peers, or without the ports where no peer is said. A rule that has nobody left goes: empty, it would mean everybody. */
function closed(rules: readonly Json[], side: 'from' | 'to', peers: readonly JsonObject[], ports: readonly Port[]): readonly Json[] {
	return rules.flatMap((rule): readonly Json[] => {
		if (!isJsonObject(rule)) return [rule];
		const list = peers.length > 0 ? listAt(rule, side) : listAt(rule, 'ports');
		const left = peers.length > 0 ? without(list, peers) : list.filter(one => !ports.some(port => samePort(one, port)));
		if (left.length === list.length) return [rule];
		return left.length === 0 ? [] : [{...rule, [peers.length > 0 ? side : 'ports']: left}];
	});
}

async function edited(asking: Asking, policy: KubeObject): Promise<Edit | Question | undefined> {
	const {clause} = asking;
	const types = listAt(policy, 'spec', 'policyTypes');
	const isOut = /\b(?:egress|outgoing|outbound)\b|이그레스|아웃바운드|나가/i.test(clause.text) || !types.includes('Ingress');
	const [direction, side] = isOut ? (['egress', 'to'] as const) : (['ingress', 'from'] as const);
	const [peers, ports] = [(await peersIn(asking, policy)).map(peerOf), portsIn(clause)];
	const rules = listAt(policy, 'spec', direction);
	const after = spoken(clause, removing) ? closed(rules, side, peers, ports) : opened(rules, side, peers, ports);
	// `delete the policy web-in`: all of it.
	if (peers.length + ports.length === 0 && spoken(clause, 'delete remove drop get_rid 삭제 제거 지우 없애')) return undefined;
	if (peers.length + ports.length === 0 || same(after, rules))
		return question(
			clause,
			`Whom, or which port, should ${policy.metadata.name} let through or no longer let through?`,
			`${policy.metadata.name}에서 누구를, 또는 어느 포트를 허용하거나 막을까요?`,
		);
	return {after: changeAt(policy, ['spec', direction], () => after), told: `${direction} ${JSON.stringify(after)}`};
}

/** Lets further peers or ports through a network policy that is there, or no longer. */
export const policyIntent: Intent = {
	name: 'policy',
	understand: (clause, world, talk) => {
		const asking = {clause, world, talk};
		return editCalled(asking, kind, policy => edited(asking, policy));
	},
};
