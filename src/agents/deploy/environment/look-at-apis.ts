import {askedApis, removalOf} from '../../../analysis/api-lifecycle/removed-apis.ts';
import {minorOf} from '../../../analysis/api-lifecycle/version-skew.ts';
import {isJsonObject, type Json} from '../../../core/json.ts';
import {listAt, textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import {someOf} from '../../../core/text/count.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {type Look, looking, type Remark, readFor} from './look.ts';

/** Kinds whose older versions people still have in their manifests. */
const kinds = [
	...['deployments.apps', 'statefulsets.apps', 'daemonsets.apps', 'ingresses.networking.k8s.io', 'cronjobs.batch'],
	...['poddisruptionbudgets.policy', 'horizontalpodautoscalers.autoscaling'],
];

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

function appliedVersion({metadata}: KubeObject): string | undefined {
	try {
		const applied: Json = JSON.parse(metadata.annotations?.[lastApplied] ?? 'null');
		return isJsonObject(applied) ? textAt(applied, 'apiVersion') : undefined;
	} catch {
		return undefined;
	}
}

type Use = {readonly version: string; readonly kind: string; readonly object: string; readonly by: string};

/** The versions by which an object was written, and by whom; what the server stores it as says nothing of that. */
function usesOf(object: KubeObject): readonly Use[] {
	const at = {kind: object.kind, object: refText(refOf(object))};
	const written = listAt(object.metadata, 'managedFields').map(entry => ({
		...at,
		version: textAt(entry, 'apiVersion') ?? '',
		by: plainLine(textAt(entry, 'manager') ?? 'somebody', 60),
	}));
	const applied = appliedVersion(object);
	return [...written, ...(applied === undefined ? [] : [{...at, version: applied, by: 'kubectl apply'}])];
}

/** Objects that were written by a version that newer servers do not have: the next deployment of the same manifest is refused. */
function removedIn(objects: readonly KubeObject[], minor: number): readonly Remark[] {
	const uses = objects.flatMap(usesOf).filter(({version, kind}) => removalOf(version, kind) !== undefined);
	return [...Map.groupBy(uses, ({version, kind}) => `${version} ${kind}`)].flatMap(([what, group]) => {
		const [first] = group;
		const removal = first === undefined ? undefined : removalOf(first.version, first.kind);
		if (first === undefined || removal === undefined) return [];
		const gone = minor >= removal.minor;
		return [
			{
				id: gone ? 'removed-api' : 'api-goes',
				severity: gone ? ('high' as const) : ('medium' as const),
				object: someOf([...new Set(group.map(({object}) => object))]),
				cause: `written as ${what} by ${someOf([...new Set(group.map(({by}) => by))])}, ${gone ? `which Kubernetes 1.${removal.minor} took away` : `which goes with Kubernetes 1.${removal.minor}`}`,
				fix: `Change its manifest to ${removal.use}`,
			},
		];
	});
}

/** Deprecated and removed APIs in use: by what wrote the live objects, and by the API server's own count. */
export async function lookAtApis(cluster: Cluster, version: string): Promise<Look> {
	const [objects, counted] = await Promise.all([
		readFor(cluster, 'versions by which objects were written', kinds),
		looking("the API server's count of deprecated APIs (/metrics)", () => countedApis(cluster), {}),
	]);
	return {
		remarks: [...removedIn(objects.objects, minorOf(version) ?? 0), ...(counted.remarks ?? [])],
		unseen: [...objects.unseen, ...(counted.unseen ?? [])],
	};
}

async function countedApis(cluster: Cluster): Promise<Look> {
	const text = await cluster.text('/metrics');
	if (text === undefined) return {unseen: [{what: "the API server's count of deprecated APIs (/metrics)", why: 'it shows no metrics'}]};
	return {
		remarks: askedApis(text).map(({resource, removedIn: release}) => ({
			id: 'deprecated-api-asked',
			severity: release === undefined ? ('low' as const) : ('medium' as const),
			object: resource,
			cause: `somebody has asked for it since the API server started${release === undefined ? '; it is deprecated' : `; it goes with Kubernetes ${release}`}`,
			fix: 'Find who asks in the audit log (annotation k8s.io/deprecated)',
		})),
	};
}
