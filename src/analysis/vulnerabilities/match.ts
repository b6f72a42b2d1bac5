import {orderOf} from '../versions/ecosystem-order.ts';
import {type Advisory, type Affected, commonId} from './advisory.ts';
import {affects} from './affects.ts';
import {type Component, nameKey, speaksOf} from './component.ts';
import {newestScore, severityOfScore} from './cvss/cvss.ts';
import type {Found} from './found.ts';

/** What advisories say of packages, and what they leave open. */
export type Matches = {
	readonly found: readonly {readonly component: Component; readonly vulnerability: Found}[];
	readonly unknown: readonly {readonly component: Component; readonly id: string; readonly why: string}[];
};

/** Names of packages as advisories are looked up by them, whatever the ecosystem: a first sieve. */
export const wantedNames = (components: readonly Component[]): ReadonlySet<string> =>
	new Set(components.flatMap(({ecosystem, advisoryName}) => (ecosystem === undefined ? [] : [nameKey(ecosystem, advisoryName)])));

/** Whether an advisory speaks of this package. */
const isAbout = ({ecosystem, name}: Affected, component: Component) =>
	component.ecosystem !== undefined &&
	speaksOf(ecosystem, component.ecosystem) &&
	nameKey(ecosystem, name) === nameKey(component.ecosystem, component.advisoryName);

function vulnerabilityOf(advisory: Advisory, affected: Affected, component: Component, fixed: string | undefined): Found {
	const cvss = newestScore([...affected.vectors, ...advisory.vectors]);
	return {
		id: commonId(advisory),
		aliases: [...new Set([advisory.id, ...advisory.aliases])].filter(name => name !== commonId(advisory)),
		summary: advisory.summary,
		component: component.name,
		version: component.version,
		ecosystem: component.ecosystem,
		fixed,
		score: cvss?.score,
		cvss,
		// Most distributions give no score; what nobody rated is not harmless for that.
		severity: cvss === undefined ? 'medium' : severityOfScore(cvss.score),
	};
}

/** The same vulnerability by several databases: the fix that all agree to, and the gravest score. */
function merged(one: Found, other: Found): Found {
	const order = orderOf(one.ecosystem ?? '');
	const later = (a: string | undefined, b: string | undefined) =>
		a === undefined || b === undefined ? (a ?? b) : order !== undefined && order(a, b) < 0 ? b : a;
	const graver = (other.score ?? 0) > (one.score ?? 0) ? other : one;
	return {
		...graver,
		summary: one.summary === '' ? other.summary : one.summary,
		aliases: [...new Set([...one.aliases, ...other.aliases])],
		fixed: later(one.fixed, other.fixed),
	};
}

/** Which of the advisories hold for which packages. Those that were withdrawn hold for none. */
export function matchAdvisories(components: readonly Component[], advisories: readonly Advisory[]): Matches {
	const byName = Map.groupBy(
		components.filter(({ecosystem}) => ecosystem !== undefined),
		({ecosystem = '', advisoryName}) => nameKey(ecosystem, advisoryName),
	);
	const found = new Map<string, Matches['found'][number]>();
	const unknown = new Map<string, Matches['unknown'][number]>();
	for (const advisory of advisories) {
		if (advisory.withdrawn !== undefined) continue;
		for (const affected of advisory.affected) {
			for (const component of byName.get(nameKey(affected.ecosystem, affected.name)) ?? []) {
				if (!isAbout(affected, component)) continue;
				const verdict = affects(affected, component.advisoryVersion);
				const key = [commonId(advisory), component.purl ?? component.name, component.version].join('\n');
				if (verdict.status === 'unknown') unknown.set(key, {component, id: commonId(advisory), why: verdict.why});
				if (verdict.status !== 'affected') continue;
				const vulnerability = vulnerabilityOf(advisory, affected, component, verdict.fixed);
				const known = found.get(key);
				found.set(key, {component, vulnerability: known === undefined ? vulnerability : merged(known.vulnerability, vulnerability)});
			}
		}
	}
	return {found: [...found.values()], unknown: [...unknown].flatMap(([key, each]) => (found.has(key) ? [] : [each]))};
}
