// Pages first, then what is said in them; names of functions last.
var Scorer = {
  objNameMatch: 2, objPartialMatch: 1, objPrio: { 0: 1, 1: 0, 2: -1 }, objPrioDefault: 0,
  title: 15, partialTitle: 7, term: 5, partialTerm: 2,
};
