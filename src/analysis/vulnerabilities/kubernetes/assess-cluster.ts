import type {Affected} from '../advisory.ts';
import {affects} from '../affects.ts';
import {type ClusterComponent, type ClusterCve, clusterCves} from './known-cves.ts';

/** One program of a cluster in one version, and where it runs. */
export type RunningComponent = {
	readonly component: ClusterComponent;
	/** As it tells it: `v1.29.4`, `v1.29.1-eks-508b6b3`. */
	readonly version: string;
	readonly os?: string | undefined;
};

export type ClusterHit = {
	readonly cve: ClusterCve;
	readonly version: string;
	readonly fixed?: string | undefined;
	/** Whether it is a build of a vendor, who may have mended it under the same number. */
	readonly isVendors: boolean;
};

/** `v1.29.1-eks-508b6b3`: the upstream version, and what is left. Pre-releases are upstream's own. */
export function upstreamVersion(version: string): {readonly upstream: string; readonly vendor: string} | undefined {
	const [, numbers, rest = ''] = /^v?(\d+\.\d+(?:\.\d+)?)(.*)$/.exec(version.trim()) ?? [];
	if (numbers === undefined) return undefined;
	const [, pre] = /^(-(?:alpha|beta|rc)\.?\d*)/.exec(rest) ?? [];
	return {upstream: `${numbers}${pre ?? ''}`, vendor: pre === undefined ? rest.replace(/^[-+_]0$/, '') : rest.slice(pre.length)};
}

/** Of each line of releases the versions before its first mended one. Lines between two that were mended never were: a range begins after the line before. */
function rangesOf({fixed, introduced = '0'}: ClusterCve): Affected['ranges'] {
	if (fixed.length === 0) return [{type: 'SEMVER', events: [{introduced}]}];
	return fixed.map((version, index) => {
		const [major = '', minor = ''] = version.split('.');
		const [majorBefore, minorBefore] = fixed[index - 1]?.split('.') ?? [];
		const firstMinor = major === majorBefore ? Number(minorBefore) + 1 : minor;
		return {
			type: 'SEMVER',
			events: [{introduced: index === 0 ? introduced : `${major}.${firstMinor}.0-0`}, {fixed: version}],
		};
	});
}

/** What the table knows of one program in its version; undefined for a version that nobody can read. */
export function clusterHits({component, version, os = 'linux'}: RunningComponent): readonly ClusterHit[] | undefined {
	const parsed = upstreamVersion(version);
	if (parsed === undefined) return undefined;
	return clusterCves
		.filter(cve => cve.component === component && (cve.os === undefined || cve.os === os))
		.flatMap(cve => {
			const verdict = affects(
				{ecosystem: 'Kubernetes', name: component, ranges: rangesOf(cve), versions: [], vectors: []},
				parsed.upstream,
			);
			if (verdict.status !== 'affected') return [];
			return [{cve, version, fixed: verdict.fixed, isVendors: parsed.vendor !== ''}];
		});
}
