import * as z from 'zod';
import {rollingInput} from '../rolling/rolling-input.ts';

/** What a blue-green rollout is resolved to. `canary` is the preview, as the judge of a canary knows it. */
export const blueGreenInput = rollingInput.extend({canary: z.string()});
export type BlueGreenInput = z.output<typeof blueGreenInput>;
