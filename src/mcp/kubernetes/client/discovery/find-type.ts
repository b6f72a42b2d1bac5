import {groupOf} from '../../../../core/kube/kube-object.ts';
import {nearestNames} from '../../../../core/text/nearest-names.ts';
import type {ResourceType} from '../../port.ts';

/**
 * The kind that a word means: plural, singular, short name or kind, alone or followed by `.group` or `.version.group`.
 * Groups are tried in the server's order, so `events` are those of the core group; within a group the preferred version wins.
 */
export function findType(types: readonly ResourceType[], word: string): ResourceType | undefined {
	const [name = '', ...rest] = word.trim().toLowerCase().split('.');
	const suffix = rest.join('.');
	const fits = types.filter(type => suffix === '' || fitsSuffix(type, suffix));
	const by = (names: (type: ResourceType) => readonly string[]) => fits.find(type => names(type).some(one => one.toLowerCase() === name));
	return by(({plural}) => [plural]) ?? by(({singular, kind}) => [singular, kind]) ?? by(({shortNames}) => shortNames);
}

function fitsSuffix({apiVersion}: ResourceType, suffix: string): boolean {
	const group = groupOf(apiVersion);
	const version = group === '' ? apiVersion : apiVersion.slice(group.length + 1);
	return suffix === group || suffix === (group === '' ? version : `${version}.${group}`) || (group === '' && suffix === `${version}.`);
}

/** Names that the person may have meant. */
export function nearTypes(types: readonly ResourceType[], word: string): readonly string[] {
	const [name = ''] = word.trim().split('.');
	const pluralByName = new Map(
		types.flatMap(({plural, singular, kind, shortNames}) =>
			[plural, singular, kind.toLowerCase(), ...shortNames].map(one => [one, plural] as const),
		),
	);
	return [...new Set(nearestNames(name, [...pluralByName.keys()]).map(near => pluralByName.get(near) ?? near))];
}

/** One entry for each resource, in the version that its group prefers. */
export function preferredTypes(types: readonly ResourceType[]): readonly ResourceType[] {
	const byResource = new Map<string, ResourceType>();
	for (const type of types) {
		const key = `${type.plural}.${groupOf(type.apiVersion)}`;
		if (!byResource.has(key)) byResource.set(key, type);
	}
	return [...byResource.values()];
}
