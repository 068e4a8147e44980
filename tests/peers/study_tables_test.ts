import { assertEquals } from "@std/assert";
import { csvRows } from "./csv_rows.ts";
import {
  choosingTable,
  differenceTable,
  regularizerTable,
  scoreTable,
  type StudyResults,
} from "./study_tables.ts";

const RESULTS: StudyResults = {
  methods: csvRows(
    "dataset,none,single,cocktail,boosting,single_cell,cocktail_cell\n" +
      "a,0.7,0.8,0.9,0.8,dropout=0.2,dropout=0 mixup=0.5 batch_norm=on skip=none\n" +
      "b,0.6,0.5,0.6,0.3,fixed,dropout=0.1 mixup=0 batch_norm=off skip=none\n",
  ),
  differences: csvRows(
    "method,compared_with,mean_difference,ci_low,ci_high\n" +
      "single,none,0,-0.1,0.1\ncocktail,none,0.1,-0.05,0.25\n",
  ),
  ranks: csvRows(
    "cell,mean_rank,p_value,p_holm\n" +
      "none,2.75,0.0004,0.0012\nsingle,2.75,0.5,1\ncocktail,1.25,,\nboosting,3.25,0.25,1\n",
  ),
  single: csvRows(
    "dataset,best_mean,test_best,baseline_mean,test_baseline\n" +
      "a,0.9,0.8,0.7,0.7\nb,0.7,0.5,0.5,0.6\n",
  ),
  cocktail: csvRows(
    "dataset,rows,classes,best_mean,test_best\na,1200,2,1,0.9\nb,300,3,0.6,0.6\n",
  ),
  boosting: [{
    model: "m",
    points: [
      { settings: {}, validation: [0.5, 0.6] },
      { settings: {}, validation: [0.9, 0.7] },
    ],
    best: 1,
    test: [0.5, 0.6],
  }],
};

Deno.test("scoreTable() marks each table's best, and ends with means", () => {
  assertEquals(scoreTable(RESULTS).slice(1), [
    ["a", "1,200", "2", "70.0%", "80.0%", "**90.0%**", "80.0%"],
    ["b", "300", "3", "**60.0%**", "50.0%", "**60.0%**", "30.0%"],
    ["mean", "", "", "65.0%", "65.0%", "75.0%", "55.0%"],
    ["mean rank", "", "", "2.75", "2.75", "1.25", "3.25"],
  ]);
});

Deno.test("differenceTable() counts the tables, and has the tests of the cocktail", () => {
  assertEquals(differenceTable(RESULTS).slice(1), [
    ["best single − no regularization", "0.0", "−10.0 to +10.0", "1, 0, 1", "", ""],
    ["best cocktail − no regularization", "+10.0", "−5.0 to +25.0", "1, 1, 0", "< 0.001", "0.001"],
  ]);
});

Deno.test("choosingTable() compares what selected with what did not", () => {
  assertEquals(choosingTable(RESULTS).slice(1), [
    ["no regularization", "60.0%", "65.0%", "+5.0"],
    ["best single", "80.0%", "65.0%", "−15.0"],
    ["best cocktail", "80.0%", "75.0%", "−5.0"],
    ["boosting", "80.0%", "55.0%", "−25.0"],
  ]);
});

Deno.test("regularizerTable() counts what is on in selected cells", () => {
  assertEquals(regularizerTable(RESULTS).slice(1), [
    ["Dropout", "1", "1"],
    ["Batch normalization", "1", "0"],
    ["Mixup", "1", "0"],
  ]);
});
