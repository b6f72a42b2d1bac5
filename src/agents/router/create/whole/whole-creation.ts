import {asksToKnow} from '../../change/is-change.ts';
import type {Clause} from '../../clause.ts';
import type {Intent} from '../../understanding.ts';
import {clausesOf} from '../../words/clauses-of.ts';
import {withoutManners} from '../../words/mood/english-openings.ts';
import {beginsWithLook} from '../../words/mood/imperatives.ts';
import type {World} from '../../world.ts';
import {makeAll} from '../make-all.ts';
import {partsOf} from '../reading/parts.ts';
import {wishOf} from '../reading/wish.ts';
import {isExplained} from './explained.ts';
import {newlyNamedHead} from './new-head.ts';

const others =
	/^(?:delete|remove|drop|erase|destroy|kill|purge|wipe|restart|reboot|bounce|recycle|scale|roll|rollback|revert|undo|cordon|uncordon|drain|evict|suspend|resume|pause|stop|update|upgrade|bump|downgrade|switch|move|replace|promote|resize|double|halve|rename|edit|patch|change|exec|what|which|who|whose|why|how|does|did)\b/;
const othersKorean =
	/(?:재시작|롤백|삭제|스케일|업데이트|업그레이드|교체|변경|중지|전환|되돌려|지워|올려|내려|늘려|줄여|바꿔|옮겨|멈춰|꺼|알려|보여)\S{0,3} ?(?:줘|주|해|하고|요?$)/;

/** Whether a part of the request orders something else than to make something, or asks to know. */
function ordersOther({text, language}: Clause): boolean {
	if (asksToKnow({text, language})) return true;
	if (language === 'ko') return othersKorean.test(text);
	const plain = withoutManners(text.toLowerCase());
	return others.test(plain) || beginsWithLook(plain);
}

/** A request of any number of sentences that makes one thing of a name that nothing has: it is read as a whole, and all that it says exactly has to be in the plan. */
export const createWhole: Intent = {
	name: 'create as a whole',
	async understand(clause, world, talk) {
		const wish = wishOf(clause.text, clause.language);
		const head = await newlyNamedHead(wish, world);
		if (head === undefined || clausesOf(clause.text).some(ordersOther)) return undefined;
		const made = await makeAll(clause, partsOf(wish), world, talk);
		return made?.kind === 'calls' && (await isWhole(clause, JSON.stringify(made.calls), world)) ? made : undefined;
	},
};

const isWhole = (clause: Clause, planned: string, world: World) => isExplained(wishOf(clause.text, clause.language), planned, world);
