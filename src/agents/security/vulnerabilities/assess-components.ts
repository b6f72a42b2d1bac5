import {componentOf} from '../../../analysis/vulnerabilities/component.ts';
import {severityOfScore} from '../../../analysis/vulnerabilities/cvss/cvss.ts';
import {type ClusterHit, clusterHits, upstreamVersion} from '../../../analysis/vulnerabilities/kubernetes/assess-cluster.ts';
import {clusterCves, clusterCvesAsOf, clusterCvesFrom} from '../../../analysis/vulnerabilities/kubernetes/known-cves.ts';
import type {PlacedComponent} from '../../../analysis/vulnerabilities/kubernetes/running-components.ts';
import {matchAdvisories, wantedNames} from '../../../analysis/vulnerabilities/match.ts';
import type {Placed} from '../../../analysis/vulnerabilities/rank.ts';
import type {Unchecked} from '../../../core/unchecked.ts';
import type {AdvisoryDatabase} from '../../../mcp/security/advisories/port.ts';
import {databaseOf, type ToldDatabase} from '../../../mcp/security/model/database-text.ts';
import {howToGetAdvisories} from '../../../mcp/security/model/how-to-get.ts';

export type ComponentAssessment = {
	readonly placed: readonly Placed[];
	/** Programs for which nothing is known. */
	readonly clean: readonly string[];
	readonly databases: readonly ToldDatabase[];
	readonly notChecked: readonly Unchecked[];
};

/** Programs that others reach by their trade: an API server is asked by all, an ingress controller by the world. */
const reachOf = ({component}: PlacedComponent): Placed['reach'] =>
	component === 'ingress-nginx' ? {from: 'outside', by: 'its trade'} : {from: 'cluster', by: 'its trade'};

const placedHit = (running: PlacedComponent, {cve, fixed, isVendors}: ClusterHit): Placed => ({
	id: cve.id,
	aliases: [],
	summary: cve.summary,
	component: running.component,
	version: running.version,
	fixed,
	score: cve.score,
	severity: severityOfScore(cve.score),
	kind: 'cluster',
	subject: running.component,
	isRunning: true,
	resources: running.resources,
	reach: reachOf(running),
	isPrivileged: false,
	source: `mkcoa's table, from ${cve.source}`,
	...(isVendors ? {note: 'a build of a vendor, who may have mended it under the same number'} : {}),
});

/** Advisories about Kubernetes do not say which of its programs they are about: they are told of its version. */
const modules: {readonly [component: string]: readonly string[]} = {
	'kube-apiserver': ['k8s.io/kubernetes'],
	'ingress-nginx': ['k8s.io/ingress-nginx'],
	coredns: ['github.com/coredns/coredns'],
	etcd: ['go.etcd.io/etcd', 'go.etcd.io/etcd/v3', 'go.etcd.io/etcd/server/v3'],
	containerd: ['github.com/containerd/containerd', 'github.com/containerd/containerd/v2'],
	'cri-o': ['github.com/cri-o/cri-o'],
};

/** What a database has beyond the table. */
async function byAdvisories(running: readonly PlacedComponent[], database: AdvisoryDatabase) {
	const asked = running.flatMap(each => {
		const version = upstreamVersion(each.version)?.upstream;
		if (version === undefined) return [];
		return (modules[each.component] ?? []).map(module => ({
			each,
			component: componentOf({name: each.component, version, purl: `pkg:golang/${module}@v${version}`}),
		}));
	});
	const hits = await database.find({names: wantedNames(asked.map(({component}) => component))});
	const known = new Set(clusterCves.map(({id}) => id));
	const told = databaseOf(database.place, hits);
	const placed = asked.flatMap(({each, component}) =>
		matchAdvisories([component], hits.advisories)
			.found.filter(({vulnerability: {id, aliases}}) => ![id, ...aliases].some(name => known.has(name)))
			.map(
				({vulnerability}): Placed => ({
					...vulnerability,
					component: each.component === 'kube-apiserver' ? 'Kubernetes' : each.component,
					version: each.version,
					kind: 'cluster',
					subject: each.component === 'kube-apiserver' ? 'Kubernetes' : each.component,
					isRunning: true,
					resources: each.resources,
					reach: reachOf(each),
					isPrivileged: false,
					source: told.name,
				}),
			),
	);
	// A vulnerability is told once, whatever the number of modules that name it.
	return {
		placed: [...new Map(placed.map(each => [`${each.id} ${each.subject} ${each.version}`, each])).values()],
		told,
		records: hits.records,
	};
}

/** What is known of the programs of a cluster, by the table and by a database where one is named. */
export async function assessComponents(
	running: readonly PlacedComponent[],
	database: AdvisoryDatabase | undefined,
): Promise<ComponentAssessment> {
	const judged = running.map(each => ({each, hits: clusterHits(each)}));
	const beyond = database === undefined ? undefined : await byAdvisories(running, database);
	const placed = [...judged.flatMap(({each, hits}) => (hits ?? []).map(hit => placedHit(each, hit))), ...(beyond?.placed ?? [])];
	const named = ({component, version}: PlacedComponent) => `${component} ${version}`;
	return {
		placed,
		clean: judged.flatMap(({each, hits}) =>
			hits?.length === 0 && !placed.some(({component, version}) => component === each.component && version === each.version)
				? [`${named(each)}, as of ${clusterCvesAsOf}`]
				: [],
		),
		databases: [
			{name: clusterCvesFrom, date: clusterCvesAsOf, records: clusterCves.length},
			...(beyond === undefined ? [] : [beyond.told]),
		],
		notChecked: [
			...judged.flatMap(({each, hits}) =>
				hits === undefined ? [{what: each.component, why: `nobody can tell its version from ${each.seen}`}] : [],
			),
			...(beyond !== undefined && beyond.records > 0
				? []
				: [
						{
							what: `vulnerabilities of the cluster's programs that were published after ${clusterCvesAsOf}, or that mkcoa's table lacks`,
							why: `the table is a selection and ends there. ${howToGetAdvisories}`,
						},
					]),
		],
	};
}
