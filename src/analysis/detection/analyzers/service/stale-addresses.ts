import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {caseOf} from '../../../diagnosis/case.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {changeEvidence, writtenMs} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {backRemedy, changeOf, changesAt} from '../../../diagnosis/template-change.ts';
import {addressNumber, type Block, blockAround, blockOf, holds} from '../../../network/ipv4.ts';
import {exchangeMention} from '../../mentions/exchange-mention.ts';
import {addressesIn, type NamedAddress} from '../../mentions/named-addresses.ts';
import {type ToldText, textsToldTo} from '../../mentions/told-texts.ts';
import {routingOf} from '../../routing.ts';
import type {Survey} from '../../survey.ts';
import {startingWorkloads} from '../standing.ts';
import {answers} from './named-ports.ts';

const clusterIps = (service: KubeObject): readonly number[] =>
	[textAt(service, 'spec', 'clusterIP') ?? '', ...listAt(service, 'spec', 'clusterIPs').map(String)].flatMap(
		each => addressNumber(each) ?? [],
	);

/** So few Services may stand side by side by chance. */
const fewestServices = 3;

/** No range of Services is wider. */
const widest = 12;

/**
 * The range that Services get their addresses from, as far as those that are there tell: the smallest block with all of them. The server itself has the first
 * address of the range, so that no other network lies between.
 */
function serviceRange(services: readonly KubeObject[]): Block | undefined {
	const addresses = [...new Set(services.flatMap(clusterIps))];
	const [first = 0] = addresses;
	if (addresses.length < fewestServices) return undefined;
	for (let length = 32; length >= widest; length -= 1) {
		const block = blockAround(first, length);
		if (addresses.every(each => holds(block, each))) return block;
	}
	return undefined;
}

/** Of what the addresses of a cluster are, and who has one now. */
type Ground = {
	readonly services: Block | undefined;
	readonly pods: readonly Block[];
	readonly taken: ReadonlyMap<number, KubeObject>;
};

function groundOf(survey: Survey): Ground {
	const services = survey.all('Service');
	const pods = survey.isRead('Pod') && survey.snapshot.namespace === undefined ? survey.all('Pod') : undefined;
	const blocks = survey
		.all('Node')
		.flatMap(node => [textAt(node, 'spec', 'podCIDR') ?? '', ...listAt(node, 'spec', 'podCIDRs').map(String)])
		.flatMap(each => blockOf(each) ?? []);
	return {
		// Where one namespace alone was looked at, the Services of others have the rest of the range.
		services: survey.snapshot.namespace === undefined ? serviceRange(services) : undefined,
		pods: pods === undefined ? [] : blocks,
		taken: new Map([
			...(pods ?? []).flatMap(pod => listAt(pod, 'status', 'podIPs').flatMap(each => addressOf(textAt(each, 'ip'), pod))),
			...(pods ?? []).flatMap(pod => addressOf(textAt(pod, 'status', 'podIP'), pod)),
			...survey.all('Node').flatMap(node => listAt(node, 'status', 'addresses').flatMap(each => addressOf(textAt(each, 'address'), node))),
			...services.flatMap(service =>
				[
					...listAt(service, 'spec', 'externalIPs'),
					...listAt(service, 'status', 'loadBalancer', 'ingress').map(each => valueAt(each, 'ip')),
				].flatMap(ip => addressOf(typeof ip === 'string' ? ip : undefined, service)),
			),
			...services.flatMap(service => clusterIps(service).map(each => [each, service] as const)),
		]),
	};
}

const addressOf = (ip: string | undefined, object: KubeObject): readonly (readonly [number, KubeObject])[] => {
	const found = ip === undefined ? undefined : addressNumber(ip);
	return found === undefined ? [] : [[found, object]];
};

/** An entry of the hosts file of pods is told to them as well. */
const aliasTexts = (workload: KubeObject): readonly ToldText[] =>
	listAt(podSpecOf(workload), 'hostAliases').flatMap((alias, index): readonly ToldText[] => {
		const [ip, [name]] = [textAt(alias, 'ip'), listAt(alias, 'hostnames')];
		const place = [...podSpecPlace(workload), 'hostAliases', index, 'ip'];
		return ip === undefined
			? []
			: [{holder: workload, path: `${place.slice(0, -2).join('.')}[${index}].ip`, place, text: ip, key: String(name)}];
	});

type Told = {readonly workload: KubeObject; readonly text: ToldText; readonly named: NamedAddress};

/** What an address is: one that no Service or pod has, or that of a Service which does not answer at the port. */
function staleness({named: {address, port}}: Told, {services, pods, taken}: Ground, survey: Survey): string | undefined {
	const owner = taken.get(address);
	if (owner?.kind === 'Service')
		return port === undefined || answers(owner, port, survey)
			? undefined
			: `which is that of ${refText(refOf(owner))}, and it has no port ${port}`;
	if (owner !== undefined) return undefined;
	if (services !== undefined && holds(services, address)) return 'which is of the range of Services, and no Service has it';
	// The first two of a block are the network and its gateway.
	const isPods = port !== undefined && pods.some(block => holds(block, address) && address > block.first + 1);
	return isPods ? 'which is of the range of pods, and no pod has it' : undefined;
}

const words = (text: string) => text.toLowerCase().split(/[^a-z0-9]+/);

/** Services of its namespace that may be meant: those whose name the setting holds, or else those that answer at the port, where it names one. */
function candidates({workload, named: {port, words: line}}: Told, survey: Survey) {
	const own = routingOf(survey).servicesOf(workload);
	const all = survey
		.all('Service', workload.metadata.namespace)
		.filter(each => !own.includes(each) && (port === undefined || answers(each, port, survey)));
	const said = words(line);
	const named = all.filter(({metadata}) => words(metadata.name).every(word => said.includes(word)));
	return named.length > 0 ? {services: named, isVague: false} : {services: all, isVague: port === undefined};
}

/** The name of the Service in place of its address, which lasts as long as the Service. */
function toName(told: Told, service: KubeObject, sure: boolean): readonly Remedy[] {
	const {workload, text, named} = told;
	const {name, namespace = ''} = service.metadata;
	const ip = textAt(service, 'spec', 'clusterIP') ?? '';
	// A hosts file takes addresses alone.
	if (text.place.includes('hostAliases'))
		return addressNumber(ip) === undefined
			? []
			: [
					exchange(workload, [{path: text.place, from: text.text, to: ip}], {
						side: 'workload',
						sure,
						text: {
							en: `Give ${text.key} the address ${ip} of ${refText(refOf(service))} in ${text.path}`,
							ko: `${text.path}의 ${text.key} 주소를 ${refText(refOf(service))}의 ${ip}로 바꿉니다`,
						},
					}),
				];
	const mention = {...text, ...named, workload, service: name, namespace, isFull: false};
	return [exchangeMention(mention, {host: name}, sure)];
}

function causeOf(told: Told, why: string, survey: Survey): Cause {
	const {workload, text, named} = told;
	const {holder, path, place} = text;
	const given = caseOf(workload, survey.scene(workload.metadata.namespace ?? ''));
	const change = holder === workload ? changeOf(given) : undefined;
	const changed = changesAt(change, place).filter(({to}) => to !== undefined);
	const {services, isVague} = candidates(told, survey);
	const writtenAt = writtenMs(holder, place);
	// A Service that was made after the setting was written got an address of its own; one that was only changed kept it.
	const isYounger = ({metadata}: KubeObject) => writtenAt > 0 && Date.parse(metadata.creationTimestamp ?? '') - writtenAt >= 1000;
	const young = services.filter(isYounger);
	const found = young.length === 1 ? young : isVague ? [] : services;
	const [who, name] = [refText(refOf(workload)), refText(refOf(holder))];
	return {
		id: 'address-of-no-service',
		resource: refOf(holder),
		path,
		hurts: [refOf(workload)],
		cause: {
			en: `${who} is told to ask ${named.host}${named.port === undefined ? '' : `:${named.port}`}, ${why}`,
			ko: `${who}가 부르는 ${named.host}${named.port === undefined ? '' : `:${named.port}`}는 지금 아무도 쓰지 않는 클러스터 주소입니다`,
		},
		evidence: [
			{source: name, detail: `${path} names ${named.host}`},
			...found.slice(0, 3).map(each => ({
				source: refText(refOf(each)),
				detail: `clusterIP ${String(valueAt(each, 'spec', 'clusterIP') ?? 'none')}, made ${each.metadata.creationTimestamp ?? ''}`,
			})),
			...changeEvidence(holder, place),
		],
		remedies:
			changed.length > 0 && young.length === 0
				? backRemedy(given, change, changed)
				: found.slice(0, 3).flatMap(each => toName(told, each, found.length === 1 && !isVague && isYounger(each))),
	};
}

/** Addresses of the cluster that programs are told to ask, and that nobody has any more: a Service that is made anew gets another one. */
export function staleAddresses(survey: Survey): readonly Cause[] {
	if (!survey.isRead('Service')) return [];
	const ground = groundOf(survey);
	return startingWorkloads(survey).flatMap(workload =>
		[...textsToldTo(workload, survey), ...aliasTexts(workload)].flatMap(text =>
			addressesIn(text).flatMap((named): readonly Cause[] => {
				const told = {workload, text, named};
				const why = staleness(told, ground, survey);
				return why === undefined ? [] : [causeOf(told, why, survey)];
			}),
		),
	);
}
