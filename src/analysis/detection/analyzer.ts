import type {Cause} from '../diagnosis/cause.ts';
import type {Survey} from './survey.ts';

/**
 * Looks for the faults of one family in a survey: a pure function. It tells what is wrong in the objects themselves, whether or not anything has failed yet;
 * what kinds a fault needs read stands with its class, and of what was not read it tells nothing.
 */
export type Analyzer = (survey: Survey) => readonly Cause[];
