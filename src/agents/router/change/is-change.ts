import type {Clause} from '../clause.ts';
import {kindsIn} from '../names/kinds-in.ts';
import {mayOrder, moodOf} from '../words/mood/mood-of.ts';
import {isPassivePlea} from '../words/mood/passive-plea.ts';

/** `can you restart web?` is an order, whatever its mark. */
const polite = /^(?:hey |hi |hello |please |pls |plz )*(?:can|could|would|will|may|might|do) (?:you|u|we|i|someone|somebody|it)\b/;
const questions =
	/^(?:and |so |then |please |ok |now )*(?:what|which|who|whose|whom|why|how|where|when|is|are|was|were|does|did|has|(?:have|had)(?= (?:we|they|you|i|any|all|there)\b)|do (?:we|they|you|i|all|any)|any|anything|show|list|display|print|tell|describe|count|find|explain|check|look)\b/;
/** `may ana restart web`: asked of somebody. */
const ofSomebody = /^(?:can|may|could|might|would|will|should|shall) (?!you\b|u\b|we\b|i\b|someone\b|somebody\b|it\b|please\b)/;
const koreanQuestions =
	/왜|원인|이유(?!(?:가|는|도)? ?(?:없|로 ))|몇 ?[개대명번]|무엇|뭐[가야예지]|뭔|누[가구]|어느|어떤|어디|알려|보여|조회(?! ?(?:권한|할 수 있게))|궁금|인가요|나요\??$|까요\??$/;
/** `늘려 주실 수 있나요?` is an order. */
const koreanPolite = /(?:수 있|[줄]래|주실|주시겠|주겠|해도 될|될까요|부탁)/;
const complaints = /\b(?:keeps?|why|reason|cause)\b.{0,20}\b(?:\w+ing|fail\w*|crash\w*)|\breason\b\??|\bwhat(?:'s| is) wrong\b/;

/** `could web get an autoscaler?` is a wish, whatever its mark. */
const gets =
	/^(?:please )?(?:could|can|may|might|would) (?!you\b|i\b|we\b).{1,40}? (?:please )?(?:get|have|be given|go (?:up |down )?to|run on|use) (?:an?|its own|another|one|two|three|four|five|six|seven|eight|nine|ten|more|\d)\b|^(?:is there )?(?:any|a) chance (?:that )?(?!you\b|i\b|we\b)[\w-]+ (?:gets|could get|can get|has|could have|goes to|runs on) /;

/** Whether a clause asks to be told something, or complains, and orders nothing. */
export function asksToKnow({text, language}: Pick<Clause, 'text' | 'language'>): boolean {
	const plain = text.trim().toLowerCase();
	if (language === 'ko') return koreanQuestions.test(plain) && !koreanPolite.test(plain);
	if (gets.test(plain) || isPassivePlea(plain)) return false;
	if (polite.test(plain))
		return /^(?:can|could|would|will) (?:you|u) (?:please )?(?:tell|show|list|find|check|explain|describe)\b/.test(plain);
	return (
		(questions.test(plain) && !(/^(?:check|probe|test)\b/.test(plain) && moodOf(text) === 'order')) ||
		(ofSomebody.test(plain) && moodOf(text) !== 'order') ||
		(complaints.test(plain) && moodOf(text) !== 'order') ||
		(plain.endsWith('?') && !/^(?:please|let|let's|how about)\b/.test(plain) && moodOf(text) !== 'order')
	);
}

const creating =
	/\b(?:create|creating|launch|generate|provision|spin up|set up|stand up|kick off|i need a|i want a|schedule an?)\b|만들|생성|구성해/;
const article = /^(?:a|an|one|another|new|새|새로운)$/;

/** `another pod`, `a second pod`: more of what runs already. */
const counting = /^(?:one|another|extra|additional|more|second|third|fourth|fifth|single|\d+)$/;

/** `a pod only counts as ready after …`: said of the pods that there are. */
const saysMore = /^(?:only|is|are|counts?|has|must|should|may|can|needs?|gets?|becomes?|of|in)$/;

/** Kinds that stand for themselves: `add a PDB for web` changes no Deployment. */
const newKinds: ReadonlySet<string> = new Set(
	'PodDisruptionBudget NetworkPolicy Role ClusterRole RoleBinding ClusterRoleBinding Ingress HorizontalPodAutoscaler ResourceQuota LimitRange CronJob Job Pod Namespace Service ServiceAccount'.split(
		' ',
	),
);

/** `web: add a pod`, `take a pod away from web` */
const onePod =
	/\b(?:add|take|remove|put up|bring up) an? (?:pod|replica|instance)\b(?! (?:called|named|with|that|running|using|for the|of image|\S+[:/]))/i;

/** Whether a clause makes something new: a verb that creates beside a kind, or a kind with an article before it. */
function creates(clause: Clause): boolean {
	const kinds = kindsIn(clause);
	if (kinds.length === 0 || onePod.test(clause.text)) return false;
	if (creating.test(clause.text.toLowerCase())) return true;
	return kinds.some(({kind, first, last}) => {
		const [near = '', far = ''] = [1, 2].map(back => clause.words[first - back]?.text ?? '');
		return (
			newKinds.has(kind) &&
			!(kind === 'Pod' && (counting.test(near) || counting.test(far) || saysMore.test(clause.words[last + 1]?.text ?? ''))) &&
			(article.test(near) || article.test(far))
		);
	});
}

/** Whether a clause may change what exists: it says what to do, asks for no answer, and makes nothing new. */
export const mayChange = (clause: Clause): boolean => mayOrder(clause.text) && !asksToKnow(clause) && !creates(clause);

/** Whether a clause speaks of one of these kinds. */
export const speaksOfKind = (clause: Clause, kinds: ReadonlySet<string>): boolean => kindsIn(clause).some(({kind}) => kinds.has(kind));
