import * as z from 'zod';
import {outlineSchema} from '../../staged/outline.ts';
import {judgedInput} from './judging/canary-judge.ts';

/** What a canary's plan resolves to: how it is judged, what is waited for, and for people what was asked. */
export const canaryInput = judgedInput.extend({
	/** `CONTAINER=IMAGE`, or words for a whole template. */
	version: z.string(),
	image: z.string(),
	steps: z.string(),
	pauseAt: z.string(),
	readyWithin: z.string(),
	replicas: z.number(),
	outline: outlineSchema,
});
