import type {Specialist} from './specialist.ts';

const isThere = ({comes}: Specialist) => comes === undefined;

/**
 * Those who work on requests now: the specialists that have tools of their own, then the agents of the person. The first one knows what the
 * others will do once they are there, so that it can say so instead of trying.
 * @param own at least one that is there
 */
export function crewOf(own: readonly Specialist[], agents: readonly Specialist[]): readonly [Specialist, ...Specialist[]] {
	const [first, ...others] = own.filter(isThere);
	if (first === undefined) throw new Error('No specialist is there');
	const later = own.filter(each => !isThere(each)).map(({name, comes}) => `- ${name}: ${comes}`);
	const brief =
		later.length === 0
			? first.brief
			: `${first.brief} Answer what you can by looking. These specialists are not there yet; say so where a request needs one:\n${later.join('\n')}`;
	return [{...first, brief}, ...others, ...agents];
}
