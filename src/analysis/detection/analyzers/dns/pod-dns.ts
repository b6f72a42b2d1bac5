import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf, templatePath} from '../../../../core/kube/pod-spec.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {type Exchange, exchange} from '../../../diagnosis/patch-remedy.ts';
import {type Mention, mentionsIn} from '../../mentions/mentions.ts';
import type {Survey} from '../../survey.ts';
import {domainOf, isDomainMisspelt, usualDomain} from './cluster-domain.ts';

type Told = {readonly workload: KubeObject; readonly mentions: readonly Mention[]};

const specPath = (workload: KubeObject) => [...(templatePath(workload) ?? []), 'spec'];

const told = ({mentions}: Told) =>
	mentions.slice(0, 2).map(({holder, path, host}) => ({source: refText(refOf(holder)), detail: `${path} names ${host}`}));

/** Addresses that answer names of the cluster: its DNS Service, and caches on the node. */
function isOfCluster(address: string, survey: Survey): boolean {
	const dns = survey.find('Service', 'kube-system', 'kube-dns');
	const own = [textAt(dns, 'spec', 'clusterIP'), ...listAt(dns, 'spec', 'clusterIPs')];
	const isPublic = /^(?:1\.1\.1\.1|1\.0\.0\.1|8\.8\.[48]\.[48]|9\.9\.9\.9|208\.67\.22[02]\.22[02])$/.test(address);
	// Where its address is not known, or the server is a private one, it may well know the cluster.
	return (
		own.includes(address) ||
		address.startsWith('169.254.') ||
		(!isPublic && !survey.all('Service').some(each => textAt(each, 'spec', 'clusterIP') === address))
	);
}

function patched(workload: KubeObject, exchanges: readonly Exchange[], policy: string): Remedy {
	const name = refText(refOf(workload));
	return exchange(workload, exchanges, {
		side: 'workload',
		sure: true,
		text: {
			en: `Let the pods of ${name} ask the DNS of the cluster (dnsPolicy ${policy})`,
			ko: `${name}의 파드가 클러스터 DNS를 쓰게 합니다 (dnsPolicy ${policy})`,
		},
	});
}

/** On the network of the node `ClusterFirst` means what the node has. */
function policyCause(given: Told, policy: string, isOnHost: boolean): Cause {
	const {workload, mentions} = given;
	const name = refText(refOf(workload));
	const path = [...specPath(workload), 'dnsPolicy'];
	const to = isOnHost ? 'ClusterFirstWithHostNet' : 'ClusterFirst';
	const first = mentions[0]?.host ?? '';
	const from = textAt(podSpecOf(workload), 'dnsPolicy');
	return {
		id: 'dns-policy-not-of-cluster',
		resource: refOf(workload),
		path: path.join('.'),
		cause: {
			en: `The pods of ${name} ask the DNS of their node (dnsPolicy ${policy}${isOnHost ? ' with hostNetwork' : ''}), which does not know ${first}`,
			ko: `${name}의 파드가 노드의 DNS를 써서(dnsPolicy ${policy}${isOnHost ? ', hostNetwork' : ''}) ${first}을(를) 찾지 못합니다`,
		},
		evidence: [
			{source: name, detail: `dnsPolicy ${policy}${isOnHost ? ', hostNetwork true' : ''}`},
			...told(given),
			...changeEvidence(workload),
		],
		remedies: [patched(workload, [{path, from, to}], to)],
	};
}

const meantDomain = (survey: Survey) => domainOf(survey) ?? usualDomain;

/** Search domains that are nearly those of the cluster: `svc.cluster.lokal`. */
const misspeltSearches = (searches: readonly string[], survey: Survey) =>
	searches.filter(each => {
		const [, domain] = /(?:^|\.)svc\.(.+)$/.exec(each) ?? [];
		return domain !== undefined && isDomainMisspelt(domain, meantDomain(survey), survey);
	});

function misspeltCause({workload, mentions}: Told, searches: readonly string[], misspelt: readonly string[], survey: Survey): Cause {
	const domain = meantDomain(survey);
	const root = specPath(workload);
	const name = refText(refOf(workload));
	const corrected = searches.map(each => (misspelt.includes(each) ? each.replace(/svc\..+$/, `svc.${domain}`) : each));
	const [host] = mentions.filter(({isFull}) => !isFull).map(each => each.host);
	return {
		id: 'dns-search-missing',
		resource: refOf(workload),
		path: [...root, 'dnsConfig', 'searches'].join('.'),
		cause: {
			en: `The pods of ${name} complete names by ${misspelt.join(', ')}, where ${domain} was meant, so that ${host} is no name of the cluster`,
			ko: `${name}의 파드가 ${domain}이(가) 아닌 ${misspelt.join(', ')}(으)로 이름을 완성해 ${host}을(를) 찾지 못합니다`,
		},
		evidence: [
			{source: name, detail: `dnsConfig.searches ${searches.join(', ')}`},
			...told({workload, mentions}),
			...changeEvidence(workload),
		],
		remedies: [
			exchange(workload, [{path: [...root, 'dnsConfig', 'searches'], from: [...searches], to: corrected}], {
				side: 'workload',
				sure: true,
				text: {
					en: `Let pods of ${name} complete names by ${domain}`,
					ko: `${name}의 파드가 ${domain}(으)로 이름을 완성하게 합니다`,
				},
			}),
		],
	};
}

/** `None` leaves all to dnsConfig. */
function ownServerCauses(given: Told, survey: Survey): readonly Cause[] {
	const {workload, mentions} = given;
	const spec = podSpecOf(workload);
	const servers = listAt(spec, 'dnsConfig', 'nameservers').map(String);
	const searches = listAt(spec, 'dnsConfig', 'searches').map(String);
	const root = specPath(workload);
	const name = refText(refOf(workload));
	const isOnHost = valueAt(spec, 'hostNetwork') === true;
	const to = isOnHost ? 'ClusterFirstWithHostNet' : 'ClusterFirst';
	const remedies = [
		patched(
			workload,
			[
				{path: [...root, 'dnsPolicy'], from: 'None', to},
				{path: [...root, 'dnsConfig'], from: valueAt(spec, 'dnsConfig'), to: undefined},
			],
			to,
		),
	];
	if (servers.length > 0 && !servers.some(each => isOfCluster(each, survey)))
		return [
			{
				id: 'dns-server-not-of-cluster',
				resource: refOf(workload),
				path: [...root, 'dnsConfig', 'nameservers'].join('.'),
				cause: {
					en: `The pods of ${name} ask ${servers.join(', ')} alone, which does not know ${mentions[0]?.host}`,
					ko: `${name}의 파드가 ${servers.join(', ')}에만 물어 ${mentions[0]?.host}을(를) 찾지 못합니다`,
				},
				evidence: [
					{source: name, detail: `dnsPolicy None, nameservers ${servers.join(', ')}`},
					...told(given),
					...changeEvidence(workload),
				],
				remedies,
			},
		];
	const short = mentions.filter(({isFull}) => !isFull);
	const misspelt = misspeltSearches(searches, survey);
	if (short.length > 0 && misspelt.length > 0) return [misspeltCause(given, searches, misspelt, survey)];
	if (short.length === 0 || searches.some(each => each.includes('svc'))) return [];
	return [
		{
			id: 'dns-search-missing',
			resource: refOf(workload),
			path: [...root, 'dnsConfig', 'searches'].join('.'),
			cause: {
				en: `The pods of ${name} complete names by ${searches.join(', ') || 'nothing'}, so that ${short[0]?.host} is no name of the cluster`,
				ko: `${name}의 파드는 검색 도메인이 ${searches.join(', ') || '없어'} ${short[0]?.host}을(를) 찾지 못합니다`,
			},
			evidence: [
				{source: name, detail: `dnsPolicy None, searches ${searches.join(', ') || 'none'}`},
				...told({workload, mentions: short}),
				...changeEvidence(workload),
			],
			remedies,
		},
	];
}

function aliasCauses({workload, mentions}: Told, survey: Survey): readonly Cause[] {
	return listAt(podSpecOf(workload), 'hostAliases').flatMap((alias, index) =>
		listAt(alias, 'hostnames').flatMap((host): readonly Cause[] => {
			const hidden = mentions.find(each => each.host === host);
			const service = hidden === undefined ? undefined : survey.find('Service', hidden.namespace, hidden.service);
			const ip = textAt(alias, 'ip') ?? '';
			if (service === undefined || hidden === undefined || textAt(service, 'spec', 'clusterIP') === ip) return [];
			const [name, other] = [refText(refOf(workload)), refText(refOf(service))];
			const names = listAt(alias, 'hostnames');
			const place = [...specPath(workload), 'hostAliases'];
			const all = listAt(podSpecOf(workload), 'hostAliases');
			const left = names.filter(each => each !== host);
			const to = all.flatMap((each, at) => (at !== index ? [each] : left.length === 0 ? [] : [{ip, hostnames: left}]));
			return [
				{
					id: 'host-alias-hides-service',
					resource: refOf(workload),
					path: `${specPath(workload).join('.')}.hostAliases[${ip}].hostnames`,
					hurts: [refOf(service)],
					cause: {
						en: `The hosts file of the pods of ${name} says that ${host} is ${ip}, so they do not reach ${other}`,
						ko: `${name}의 hostAliases가 ${host}을(를) ${ip}(으)로 정해 ${other}에 닿지 못합니다`,
					},
					evidence: [
						{source: name, detail: `hostAliases ${ip} ${names.join(', ')}`},
						{source: refText(refOf(hidden.holder)), detail: `${hidden.path} names ${host}`},
						...changeEvidence(workload),
					],
					remedies: [
						exchange(workload, [{path: place, from: all, to: to.length === 0 ? undefined : to}], {
							side: 'workload',
							sure: true,
							text: {en: `Take ${host} out of the hosts file of ${name}`, ko: `${name}의 hostAliases에서 ${host}을(를) 뺍니다`},
						}),
					],
				},
			];
		}),
	);
}

function causesOf(given: Told, survey: Survey): readonly Cause[] {
	const spec = podSpecOf(given.workload);
	const policy = textAt(spec, 'dnsPolicy') ?? 'ClusterFirst';
	const isOnHost = valueAt(spec, 'hostNetwork') === true;
	const aliases = aliasCauses(given, survey);
	const isAliased = given.mentions.every(({host}) => listAt(spec, 'hostAliases').some(alias => listAt(alias, 'hostnames').includes(host)));
	if (isAliased) return aliases;
	if (policy === 'None') return [...aliases, ...ownServerCauses(given, survey)];
	return policy === 'Default' || (policy === 'ClusterFirst' && isOnHost) ? [...aliases, policyCause(given, policy, isOnHost)] : aliases;
}

/** Whether pods that are told of Services that are there can find them. */
export function podDns(survey: Survey): readonly Cause[] {
	const there = mentionsIn(survey).filter(({namespace, service}) => survey.find('Service', namespace, service) !== undefined);
	return [...Map.groupBy(there, ({workload}) => workload)].flatMap(([workload, mentions]) => causesOf({workload, mentions}, survey));
}
