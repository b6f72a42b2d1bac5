import {jsonPatch, mergePatch, strategicPatch} from '../../../servers/questions.ts';

/** The patches that operations and remedies name. */
export const patchTypes = {merge: mergePatch, json: jsonPatch, strategic: strategicPatch};
