import {oncePerObject} from '../../core/once-per-object.ts';
import type {Survey} from './survey.ts';

/** What several analyzers ask of one survey is worked out at the first asking, and forgotten with the survey. */
export const oncePerSurvey: <Found>(find: (survey: Survey) => Found) => (survey: Survey) => Found = oncePerObject;
