import type {Survey} from './survey.ts';

/** What several analyzers ask of one survey is worked out at the first asking, and forgotten with the survey. */
export function oncePerSurvey<Found>(find: (survey: Survey) => Found): (survey: Survey) => Found {
	const known = new WeakMap<Survey, {readonly found: Found}>();
	return survey => {
		const kept = known.get(survey);
		if (kept !== undefined) return kept.found;
		const found = find(survey);
		known.set(survey, {found});
		return found;
	};
}
