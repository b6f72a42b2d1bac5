import {createHash} from 'node:crypto';
import {grafanaRuleGroup} from '../../../../analysis/alert-rules/documents/grafana-rule-group.ts';
import {MkcoaError} from '../../../../core/error.ts';
import type {JsonObject} from '../../../../core/json.ts';
import {textAt} from '../../../../core/kube/json-at.ts';
import type {Consequence, Write} from '../../../../core/plan.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import type {Folder} from '../../../../mcp/monitoring/grafana/port.ts';
import {folderObject, grafanaRef, newRule} from '../../../../mcp/monitoring/model/grafana-object.ts';
import {demandGrafana, folderNamed} from '../../demand-grafana.ts';
import type {MonitoringPorts} from '../../ports.ts';
import type {Destination} from './destination.ts';
import {demandAlertsAlone, prometheusOf} from './grafana-source.ts';

/** Rules of Grafana lie in a folder: this one is made where none is named. */
const ownFolder: Folder = {uid: 'mkcoa', title: 'mkcoa', parentUid: ''};

/** @see https://grafana.com/docs/grafana/latest/developers/http_api/alerting_provisioning/ (uid: 1 to 40 letters, digits, - and _) */
const longestUid = 40;

/** The same for the same alert of the same design, so that one that is made anew takes the place of the one before. */
function ruleUid(slug: string, title: string): string {
	const hash = createHash('sha256').update(`${slug}/${title}`).digest('hex').slice(0, 8);
	return `${`mkcoa-${slug}`
		.toLowerCase()
		.replace(/[^a-z0-9-]/g, '-')
		.slice(0, longestUid - hash.length - 1)}-${hash}`;
}

/** A rule that stands in Grafana stays in its folder unless another one is named. */
const folderOf = async (cluster: Cluster, uid: string) => textAt(await cluster.get(grafanaRef('AlertRule', uid)), 'spec', 'folderUID');

/**
 * Alert rules that the Grafana of this context evaluates itself, by its own data source.
 * @param folder uid or title
 * @throws MkcoaError `no-grafana`, `no-such-folder`, `no-data-source`, `grafana-recordings`
 */
export async function inGrafana(folder: string | undefined, ports: Pick<MonitoringPorts, 'cluster' | 'monitoring'>): Promise<Destination> {
	const {cluster} = ports;
	const grafana = await demandGrafana(ports, 'leave --grafana out');
	const {source} = grafana;
	const [folders, asked] = await Promise.all([grafana.folders(), prometheusOf(grafana)]);
	const named = folder === undefined ? undefined : folderNamed(folder, folders, source);
	if (asked === undefined) throw noDataSource(source);
	return {
		isOwn: () => false,
		waits: false,
		async writing({groups, slug}) {
			demandAlertsAlone(groups, 'Leave --grafana out, and let Prometheus evaluate these');
			const [first] = groups.flatMap(group => grafanaRuleGroup(group, {folderUid: '', datasourceUid: ''}).rules);
			const present = named === undefined ? await folderOf(cluster, ruleUid(slug, first?.title ?? '')) : undefined;
			const home = named ?? folders.find(({uid}) => uid === present) ?? ownFolder;
			const isThere = folders.some(({uid}) => uid === home.uid);
			const rules = groups.flatMap(group => {
				const made = grafanaRuleGroup(group, {folderUid: home.uid, datasourceUid: asked.uid});
				return made.rules.map(rule => ({rule, uid: ruleUid(slug, rule.title), seconds: made.interval}));
			});
			const steps = rules.map(async ({rule, uid}) => {
				const ref = grafanaRef('AlertRule', uid);
				const live = await cluster.get(ref);
				const manifest = newRule(uid, JSON.parse(JSON.stringify(rule)) as JsonObject, source);
				const write: Write = {op: live === undefined ? 'create' : 'replace', ref, manifest};
				return {title: `${live === undefined ? 'Create' : 'Change'} alert rule ${rule.title}`, write};
			});
			const made: Write = {op: 'create', ref: grafanaRef('Folder', home.uid), manifest: folderObject(home, source)};
			return {
				object: `folder ${home.title} of ${source}`,
				steps: [...(isThere ? [] : [{title: `Create folder ${home.title}`, write: made}]), ...(await Promise.all(steps))],
				notes: notesOf(
					rules.map(({seconds}) => seconds),
					asked.name,
				),
			};
		},
	};
}

/** Grafana evaluates a new group each minute; over this road nobody tells it otherwise. */
function notesOf(seconds: readonly number[], dataSource: string): readonly Consequence[] {
	const other = seconds.find(each => each !== 60);
	return [
		{id: 'asks', severity: 'info', text: `Grafana evaluates them itself, and asks its data source ${dataSource}`},
		...(other === undefined
			? []
			: [
					{
						id: 'other-interval',
						severity: 'info' as const,
						text: `They are meant for each ${other} s: set that for their group in Grafana`,
					},
				]),
	];
}

const noDataSource = (source: string) =>
	new MkcoaError({
		kind: 'environment',
		code: 'no-data-source',
		what: `${source} has nobody to ask`,
		why: 'it has no data source of the type prometheus',
		next: 'Add one in Grafana, or leave --grafana out',
	});
